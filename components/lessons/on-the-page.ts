/**
 * What `#cells/*` is where pages are put together, by package.json's `imports`: nothing. Server code reads the rooms' titles; if it could
 * reach their cells as well, every page would bring along the scripts of all forty. A cell is loaded on the page that shows it.
 */
export {};
