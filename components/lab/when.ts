/** A moment in the reader's own time zone. @param iso ISO 8601; a file may say anything there */
export const when = (iso: string): string => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? 'an unknown time'
    : date.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
};
