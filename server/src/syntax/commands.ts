import { findCommandLines } from './qemu-cmdline/command-lines.js';
import type { CommandLanguage, QemuCommand } from './qemu-command.js';
import { findShellCommands, type ScriptCommands } from './shell/shell-commands.js';

export type { CommandLanguage, CommandWord, EnvironmentAssignment, QemuCommand, Quoting } from './qemu-command.js';
export { quoteForShell, quoteKeepingBackslashes } from './shell/quote.js';

/**
 * The QEMU commands of a document, in the order of their starts. Never throws; takes time in proportion to the text.
 * A command is found by its program's base name: `qemu-system-*`, `qemu-kvm` or `kvm`.
 */
export function findQemuCommands(text: string, language: CommandLanguage): readonly QemuCommand[] {
  return language === 'shellscript' ? findShellCommands(text).commands : findCommandLines(text);
}

/** What was found in a document, to be looked through again after an edit. */
export class FoundCommands {
  private constructor(
    readonly text: string,
    readonly language: CommandLanguage,
    readonly commands: readonly QemuCommand[],
    private readonly script: ScriptCommands | null,
  ) {}

  /** As {@link findQemuCommands}; commands that an edit did not touch are those of `before`, moved where they stand now. */
  static of(text: string, language: CommandLanguage, before?: FoundCommands): FoundCommands {
    if (before?.text === text && before.language === language) return before;
    if (language !== 'shellscript') return new FoundCommands(text, language, findCommandLines(text), null);
    const script = findShellCommands(text, before?.script ?? undefined);
    return new FoundCommands(text, language, script.commands, script);
  }
}
