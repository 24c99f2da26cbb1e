/**
 * CEPH_ARGS as librados 13.2 and later read it: words between spaces, up to `--`.
 * Source: md_config_t::parse_argv and parse_option, ceph_argparse.cc, 13.2.0 to 20.2.4.
 */
import { cephOption } from '../../catalog/ceph-options.js';
import { atLeast, type CephRelease } from '../../catalog/releases.js';
import type { Level } from '../model.js';
import { readValue } from './values.js';

export interface ArgumentSetting {
  readonly option: string;
  readonly value: string;
  readonly level: Level;
}

/** Arguments with a meaning of their own; they set their option as rados_conf_set does. */
const NAMED: readonly { readonly names: readonly string[]; readonly option: string }[] = [
  { names: ['--monmap', '-M'], option: 'monmap' },
  { names: ['--mon_host', '-m'], option: 'mon_host' },
  { names: ['--bind'], option: 'public_addr' },
  { names: ['--keyring', '-k'], option: 'keyring' },
  { names: ['--client_mountpoint', '-r'], option: 'client_mountpoint' },
];

const KEY_FILE = ['--keyfile', '-K'];
const WITHOUT_EFFECT = new Set(['--show_conf', '--show_config', '--no_mon_config', '--mon_config', '--log_early']);
const FOREGROUND: readonly (readonly [string, string])[] = [['daemonize', 'false']];
const DEBUGGING: readonly (readonly [string, string])[] = [
  ['fuse_debug', 'true'],
  ['daemonize', 'false'],
  ['log_file', ''],
  ['log_to_stderr', 'true'],
  ['err_to_stderr', 'true'],
  ['log_to_syslog', 'false'],
];
const FLAGS: ReadonlyMap<string, readonly (readonly [string, string])[]> = new Map([
  ['--foreground', FOREGROUND],
  ['-f', FOREGROUND],
  ['-d', DEBUGGING],
]);

/** What the arguments set; `exits`: what librados prints before it ends the process, null where it goes on. */
export interface CephArgs {
  readonly settings: readonly ArgumentSetting[];
  readonly exits: string | null;
}

/** `keyIn` gives what stands in a key file: null where there is none, the unknown text where nobody may look. */
export function readCephArgs(release: CephRelease, text: string, keyIn: (path: string) => string | null): CephArgs {
  const words = text.split(' ').filter((word) => word !== '');
  // env_to_vec parts the words at the first `--`, and puts it back only before others.
  if (words.at(-1) === '--' && words.indexOf('--') === words.length - 1) words.pop();
  return new ArgumentReader(release, words, keyIn).read();
}

/** A flag's value as librados takes it, and nothing else. */
const FLAG_VALUES: ReadonlyMap<string, string> = new Map([
  ['true', 'true'],
  ['1', 'true'],
  ['false', 'false'],
  ['0', 'false'],
]);

class ArgumentReader {
  private readonly settings: ArgumentSetting[] = [];
  private at = 0;
  private exits: string | null = null;

  constructor(
    private readonly release: CephRelease,
    private readonly words: readonly string[],
    private readonly keyIn: (path: string) => string | null,
  ) {}

  read(): CephArgs {
    while (this.at < this.words.length && this.words[this.at] !== '--') if (!this.readOne()) break;
    return { settings: this.settings, exits: this.exits };
  }

  /** False where the parser gives up, and with it on all that follows. */
  private readOne(): boolean {
    const word = withUnderscores(this.words[this.at] ?? '');
    const flag = FLAGS.get(word);
    if (flag !== undefined) {
      for (const [option, value] of flag) this.set(option, value, 'override');
      this.at++;
      return true;
    }
    if (WITHOUT_EFFECT.has(word)) {
      this.at++;
      return true;
    }
    const shown = this.valueFor(word, ['--show_config_value']);
    if (shown !== undefined) return this.given(shown, word);
    for (const { names, option } of NAMED) {
      const value = this.valueFor(word, names);
      if (value === undefined) continue;
      if (value !== null) this.set(option, value, 'override');
      return this.given(value, word);
    }
    const keyFile = this.valueFor(word, KEY_FILE);
    if (keyFile !== undefined) {
      const key = keyFile === null ? null : this.keyIn(keyFile);
      if (key !== null) this.set('key', key, 'override');
      return this.given(keyFile, word);
    }
    return this.readOption(word);
  }

  /** Without its value an argument of this kind ends the process. */
  private given(value: string | null, argument: string): boolean {
    if (value === null) this.exits = `Option ${argument} requires an argument.`;
    return value !== null;
  }

  private readOption(word: string): boolean {
    const equals = word.indexOf('=');
    const name = word.startsWith('--') ? word.slice(2, equals < 0 ? undefined : equals) : '';
    const option = cephOption(this.release, name);
    if (option === undefined) return this.readPrefixed(word, name, equals);
    if (option.type === 'bool') {
      this.at++;
      const next = this.nextMayBeValue ? (this.words[this.at] ?? '') : '';
      const behind = FLAG_VALUES.get(equals < 0 ? next : word.slice(equals + 1));
      if (behind === undefined && equals >= 0) return false;
      this.set(name, behind ?? 'true', 'env');
      if (equals < 0 && behind === 'false') this.at++;
      return true;
    }
    return this.readValueOf(word, `--${name}`, name, 'env');
  }

  /** `--rbd-cache false`: not yet in 14.2.21, in 16.2.15. */
  private get nextMayBeValue(): boolean {
    return atLeast(this.release, '15.2');
  }

  private readPrefixed(word: string, name: string, equals: number): boolean {
    const negated = name.startsWith('no_') && equals < 0 ? cephOption(this.release, name.slice(3)) : undefined;
    if (negated?.type === 'bool') {
      this.set(negated.name, 'false', 'env');
      this.at++;
      return true;
    }
    const preset = name.startsWith('default_') ? cephOption(this.release, name.slice(8)) : undefined;
    if (preset !== undefined && atLeast(this.release, '14.2')) {
      return this.readValueOf(word, `--${name}`, preset.name, 'default');
    }
    this.at++;
    return true;
  }

  private readValueOf(word: string, argument: string, name: string, level: Level): boolean {
    const value = this.valueFor(word, [argument]);
    if (value === undefined || value === null) return false;
    this.set(name, value, level);
    const option = cephOption(this.release, name);
    return option !== undefined && readValue(this.release, option, value).ok;
  }

  /** Behind `=` or in the next word; null: missing; undefined: the word is none of these arguments. */
  private valueFor(word: string, names: readonly string[]): string | null | undefined {
    for (const name of names) {
      if (word.startsWith(`${name}=`)) {
        this.at++;
        return word.slice(name.length + 1);
      }
      if (word === name) {
        const value = this.words[this.at + 1];
        this.at += 2;
        return value ?? null;
      }
    }
    return undefined;
  }

  private set(option: string, value: string, level: Level): void {
    if (cephOption(this.release, option) !== undefined) this.settings.push({ option, value, level });
  }
}

/** Dashes become underscores up to the `=`, the two leading characters apart. */
function withUnderscores(word: string): string {
  const equals = word.indexOf('=', 2);
  const end = equals < 0 ? word.length : equals;
  return word.slice(0, 2) + word.slice(2, end).replaceAll('-', '_') + word.slice(end);
}
