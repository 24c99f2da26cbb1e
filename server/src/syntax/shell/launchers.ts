/** Programs that start another one, and how to find the started one behind their own options. */

interface Launcher {
  /** Short options that take an argument. */
  readonly valued?: string;
  /** Long options whose argument may stand in the next word. */
  readonly valuedLong?: readonly string[];
  /** Short options with which nothing is started. */
  readonly idle?: string;
  /** Its own operands before the program. */
  readonly operands?: number;
  /** `NAME=value` may stand before the program. */
  readonly assignments?: boolean;
  /** Words that must follow its options to make it a launcher. */
  readonly subcommand?: readonly string[];
}

const LAUNCHERS: ReadonlyMap<string, Launcher> = new Map<string, Launcher>([
  [
    'sudo',
    {
      valued: 'CDghpRrTtUu',
      valuedLong: ['user', 'group', 'host', 'prompt', 'chdir', 'chroot', 'close-from', 'role', 'type', 'other-user'],
      idle: 'elvVKk',
      assignments: true,
    },
  ],
  ['doas', { valued: 'aCu', idle: 'Ls' }],
  ['runuser', { valued: 'ugG', valuedLong: ['user', 'group', 'supp-group'] }],
  ['env', { valued: 'CSu', valuedLong: ['unset', 'chdir'], assignments: true }],
  ['exec', { valued: 'a' }],
  ['command', { idle: 'vV' }],
  ['nohup', {}],
  ['nice', { valued: 'n', valuedLong: ['adjustment'] }],
  ['ionice', { valued: 'cn', valuedLong: ['class', 'classdata'], idle: 'pPu' }],
  ['chrt', { valued: 'TPD', operands: 1, idle: 'pm' }],
  ['taskset', { operands: 1, idle: 'p' }],
  [
    'numactl',
    {
      valued: 'ipPwcCNmMSfLoT',
      valuedLong: [
        'interleave',
        'preferred',
        'preferred-many',
        'weighted-interleave',
        'cpunodebind',
        'physcpubind',
        'membind',
      ],
      idle: 'sH',
    },
  ],
  ['time', { valued: 'fo', valuedLong: ['format', 'output'] }],
  ['timeout', { valued: 'ks', valuedLong: ['kill-after', 'signal'], operands: 1 }],
  ['setsid', {}],
  ['strace', { valued: 'abeEIoOpPsSuUX', assignments: false }],
  ['ltrace', { valued: 'aAeFlnopsuwxX' }],
  ['gdb', { valuedLong: ['ex', 'eval-command', 'command', 'init-command', 'iex'] }],
  ['valgrind', {}],
  ['chroot', { valuedLong: ['userspec', 'groups'], operands: 1 }],
  ['unshare', { valued: 'GRSw' }],
  ['nsenter', { valued: 'GSt', valuedLong: ['target', 'setuid', 'setgid'] }],
  ['setpriv', { valuedLong: ['reuid', 'regid', 'groups', 'inh-caps', 'ambient-caps', 'bounding-set', 'securebits'] }],
  ['prlimit', { idle: 'p' }],
  ['stdbuf', { valued: 'ioe', valuedLong: ['input', 'output', 'error'] }],
  ['setarch', { operands: 1 }],
  ['linux64', {}],
  ['flock', { valued: 'Ew', operands: 1, idle: 'cu' }],
  ['cgexec', { valued: 'g' }],
  [
    'systemd-run',
    {
      valued: 'CEHMpu',
      valuedLong: ['property', 'unit', 'setenv', 'slice', 'uid', 'gid', 'description', 'working-directory', 'machine'],
    },
  ],
  ['systemd-inhibit', {}],
  ['dbus-run-session', {}],
  ['aa-exec', { valued: 'pni', valuedLong: ['profile', 'namespace'] }],
  ['screen', { valued: 'ceEhpsStT' }],
  ['ip', { subcommand: ['netns', 'exec'], operands: 1 }],
]);

const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;
const LONGEST_CHAIN = 16;
/** What an unquoted expansion alone reads as. */
const UNKNOWN_WORD = /^\uFFFC+$/;

/** The words of a command, decoded when asked for. */
export interface WordTexts {
  readonly length: number;
  text(index: number): string;
}

export interface ProgramPlace {
  readonly program: number;
  /** Indexes of the `NAME=value` words before it. */
  readonly assignments: readonly number[];
}

export function isAssignment(word: string): boolean {
  return ASSIGNMENT.test(word);
}

export function isQemuProgram(word: string): boolean {
  const name = baseName(word);
  return name === 'kvm' || name === 'qemu-kvm' || (name.startsWith('qemu-system-') && !name.endsWith(':'));
}

/** Finds the word that names QEMU behind assignments and launchers, from the word at `from` on; null for other commands. */
export function findQemuProgram(words: WordTexts, from = 0): ProgramPlace | null {
  const assignments: number[] = [];
  let at = skipAssignments(words, from, assignments);
  for (let chain = 0; chain < LONGEST_CHAIN && at < words.length; chain++) {
    const word = words.text(at);
    if (isQemuProgram(word)) return { program: at, assignments };
    const launcher = LAUNCHERS.get(baseName(word));
    if (launcher === undefined) return null;
    const next = skipLauncher(words, at + 1, launcher, assignments);
    if (next === null) return null;
    at = next;
  }
  return null;
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

function skipAssignments(words: WordTexts, from: number, found: number[]): number {
  let at = from;
  while (at < words.length && isAssignment(words.text(at))) found.push(at++);
  return at;
}

/** Index of the word that the launcher starts; null where it starts nothing. */
function skipLauncher(words: WordTexts, from: number, launcher: Launcher, assignments: number[]): number | null {
  let at = skipOptions(words, from, launcher);
  if (at === null) return null;
  for (const expected of launcher.subcommand ?? []) {
    if (at >= words.length || words.text(at) !== expected) return null;
    at++;
  }
  at += launcher.operands ?? 0;
  if (launcher.assignments === true) at = skipAssignments(words, at, assignments);
  return at;
}

function skipOptions(words: WordTexts, from: number, launcher: Launcher): number | null {
  let at = from;
  while (at < words.length) {
    const word = words.text(at);
    if (word === '--') return at + 1;
    if (UNKNOWN_WORD.test(word)) {
      at++;
    } else if (word.startsWith('--')) {
      const takesNext = launcher.valuedLong?.includes(word.slice(2)) ?? false;
      at += takesNext ? 2 : 1;
    } else if (word.startsWith('-') && word.length > 1) {
      const width = shortOptionWidth(word, launcher);
      if (width === null) return null;
      at += width;
    } else {
      return at;
    }
  }
  return at;
}

/** How many words a cluster of short options takes; null where the launcher starts nothing with them. */
function shortOptionWidth(word: string, launcher: Launcher): number | null {
  if (launcher.valuedLong?.includes(word.slice(1)) === true) return 2;
  for (let i = 1; i < word.length; i++) {
    const letter = word.charAt(i);
    if (launcher.idle?.includes(letter) === true) return null;
    if (launcher.valued?.includes(letter) === true) return i + 1 < word.length ? 1 : 2;
  }
  return 1;
}
