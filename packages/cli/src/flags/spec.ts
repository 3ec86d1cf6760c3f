// What a command accepts, as data: the parser, the help text and "did you mean" all read it.

/** One flag of a command. */
export interface FlagSpec {
  readonly name: string;
  /** What the value is called in help; a flag without one takes no value. */
  readonly value?: string;
  readonly about: string;
  readonly multiple?: true;
}

/** One argument by position. */
interface ArgSpec {
  readonly name: string;
  readonly about: string;
  readonly required: boolean;
  /** The last one only: as many as are given. */
  readonly multiple?: true;
}

/** Everything that can be said about a command without running it. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly args: readonly ArgSpec[];
  readonly flags: readonly FlagSpec[];
  readonly examples: readonly string[];
  /** Paragraphs below the flags. */
  readonly notes: readonly string[];
}

/** Flags that every command has. */
export const COMMON_FLAGS: readonly FlagSpec[] = [
  { name: 'json', about: 'print one JSON object on stdout, also on failure' },
  { name: 'quiet', about: 'no progress on stderr' },
  { name: 'help', about: 'show this help' },
];
