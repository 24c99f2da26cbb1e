/**
 * CEPH_ARGS as librados 13.2 and later read it: words between spaces, up to `--`.
 * Source: md_config_t::parse_argv and parse_option, ceph_argparse.cc, 13.2.0 to 20.2.4.
 */
import { cephOption } from '../../catalog/ceph-options.js';
import { atLeast, type CephRelease } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
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

export function readCephArgs(release: CephRelease, text: string): ArgumentSetting[] {
  const words = text.split(' ').filter((word) => word !== '');
  const end = words.indexOf('--');
  return new ArgumentReader(release, end < 0 ? words : words.slice(0, end)).read();
}

class ArgumentReader {
  private readonly settings: ArgumentSetting[] = [];
  private at = 0;

  constructor(
    private readonly release: CephRelease,
    private readonly words: readonly string[],
  ) {}

  read(): ArgumentSetting[] {
    while (this.at < this.words.length) if (!this.readOne()) break;
    return this.settings;
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
    if (shown !== undefined) return shown !== null;
    for (const { names, option } of NAMED) {
      const value = this.valueFor(word, names);
      if (value === undefined) continue;
      if (value !== null) this.set(option, value, 'override');
      return value !== null;
    }
    const keyFile = this.valueFor(word, KEY_FILE);
    if (keyFile !== undefined) {
      if (keyFile !== null) this.set('key', UNKNOWN, 'override');
      return keyFile !== null;
    }
    return this.readOption(word);
  }

  private readOption(word: string): boolean {
    const equals = word.indexOf('=');
    const name = word.startsWith('--') ? word.slice(2, equals < 0 ? undefined : equals) : '';
    const option = cephOption(this.release, name);
    if (option === undefined) return this.readPrefixed(word, name, equals);
    if (option.type === 'bool') {
      this.at++;
      const value = equals < 0 ? 'true' : word.slice(equals + 1);
      if (value !== 'true' && value !== 'false') return false;
      this.set(name, value, 'env');
      return true;
    }
    return this.readValueOf(word, `--${name}`, name, 'env');
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
