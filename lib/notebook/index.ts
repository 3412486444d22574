export { longLinkWarning } from './link';
export * from './parameters';
