/** A plugin of MDX: takes nothing, gives what changes a tree. */
// biome-ignore lint/suspicious/noExplicitAny: trees of several libraries
declare const plugin: () => (tree: any) => any;
export default plugin;
