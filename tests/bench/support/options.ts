/** What stands on the command line behind the name of a benchmark: `--name value`, or `--name` alone. */
export function optionsOf(args: readonly string[]) {
  return {
    value(name: string, otherwise: string): string {
      const at = args.indexOf(`--${name}`);
      return at < 0 ? otherwise : (args[at + 1] ?? otherwise);
    },
    given: (name: string): boolean => args.includes(`--${name}`),
  };
}
