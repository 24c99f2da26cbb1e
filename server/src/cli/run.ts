/** What a command gives back. */

/** 0: done; 1: what was asked to count as failure; 2: bad usage, or an input could not be looked into. */
export type ExitCode = 0 | 1 | 2;

export interface CommandResult {
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** The output piece by piece, then the exit code. */
export type Run = Generator<string, ExitCode>;
