/** Where the site is served, as the environment says it. */
export interface Place {
  host: string;
  port: number;
  /** Of the site below the host, e.g. `/privacy`; empty for the root. */
  basePath: string;
}

const MOST_PORTS = 65_535;

/** @throws Error in words, for the person who starts the server */
export function readPlace({ HOST, PORT, BASE_PATH }: Readonly<Record<string, string | undefined>>): Place {
  const port = PORT === undefined || PORT.trim() === '' ? 3000 : Number(PORT);
  if (!(Number.isInteger(port) && port >= 0 && port <= MOST_PORTS))
    throw new Error(
      `PORT=${PORT} is no port. Give a whole number up to ${MOST_PORTS}: PORT=8080 npm run serve`,
    );
  const basePath = BASE_PATH ?? '';
  if (!/^(\/[\w.~-]+)*$/.test(basePath))
    throw new Error(
      `BASE_PATH=${basePath} is no sub-path. Give it with a slash before and none behind, as the site was built: BASE_PATH=/privacy`,
    );
  return { host: HOST?.trim() || '127.0.0.1', port, basePath };
}
