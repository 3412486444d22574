export function LabTitle() {
  return <h1 className="mt-10 mb-3 text-[2.06rem] font-bold leading-tight tracking-tight">Lab</h1>;
}

/** What the lab is for. In the page as it is served, too: it is the first that a reader sees of it. */
export function Introduction() {
  return (
    <>
      <LabTitle />
      <p className="mb-6 max-w-[68ch] text-secondary">
        Notebooks of your own. Put any experiment of the site beside any other, each with all its settings;
        write text and code around them; and compare their runs in a table. Everything is kept in this
        browser, and nowhere else.
      </p>
    </>
  );
}
