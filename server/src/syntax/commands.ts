import { findCommandLines } from './qemu-cmdline/command-lines.js';
import type { CommandLanguage, QemuCommand } from './qemu-command.js';
import { findShellCommands } from './shell/shell-commands.js';

export type { CommandLanguage, CommandWord, EnvironmentAssignment, QemuCommand, Quoting } from './qemu-command.js';
export { quoteForShell, quoteKeepingBackslashes } from './shell/quote.js';

/**
 * The QEMU commands of a document, in the order of their starts. Never throws; takes time in proportion to the text.
 * A command is found by its program's base name: `qemu-system-*`, `qemu-kvm` or `kvm`.
 */
export function findQemuCommands(text: string, language: CommandLanguage): QemuCommand[] {
  return language === 'shellscript' ? findShellCommands(text) : findCommandLines(text);
}
