/**
 * What `#cells/*` is where pages are put together, and `#posters/*` in a browser, by package.json's `imports`: nothing. Server code reads
 * the rooms' titles; if it could reach their cells as well, every page would bring along the scripts of all forty. A cell is loaded on the
 * page that shows it, and a poster is on that page already.
 */
export {};
