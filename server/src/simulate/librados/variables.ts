/**
 * `$variables` in values and paths. Up to 12.2 a text is expanded once and kept; from 13.2 on at each read.
 * Source: md_config_t::expand_meta of 0.48.3 to 12.2.13 and _expand_meta of 13.2.0 to 20.2.4.
 */
import type { LibradosRules } from '../../catalog/librados-rules.js';
import type { ProcessEnvironment } from '../model.js';

/** What the expansion of a text asks of a connection. */
export interface VariableSource {
  readonly rules: LibradosRules;
  readonly environment: ProcessEnvironment;
  /** `client.admin`. */
  readonly identity: string;
  readonly cluster: string;
  /** The option `host` as it stands. */
  host(): string;
}

interface VariableName {
  readonly name: string;
  /** Behind it; -1: the text ends with it. */
  readonly end: number;
}

/** Reads `name` or `{name}` behind the `$` at `at`; an empty name where there is none. */
function variableAt(text: string, at: number): VariableName {
  const braces = text.charAt(at + 1) === '{';
  const start = at + (braces ? 2 : 1);
  let end = start;
  while (isNameCharacter(text.charCodeAt(end))) end++;
  const stop = end < text.length ? end : -1;
  if (!braces) return { name: text.slice(start, end), end: stop };
  return text.charAt(end) === '}' ? { name: text.slice(start, end), end: end + 1 } : { name: '', end: stop };
}

function isNameCharacter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || code === 0x5f;
}

/** Undefined where the release has no such variable, or its value is not known here: the text then stays as it is. */
function special(source: VariableSource, name: string): string | undefined {
  if (!source.rules.metaVariables.has(name)) return undefined;
  const { identity, environment, rules } = source;
  switch (name) {
    case 'cluster':
      return source.cluster;
    case 'type':
      return 'client';
    case 'name':
      return identity;
    case 'id':
    case 'num':
      return identity.slice('client.'.length);
    case 'host':
      return hostName(source);
    case 'pid':
      return (rules.pidFromEnvironment ? environment.env['PID'] : undefined) ?? environment.pid?.toString();
    default:
      return undefined;
  }
}

function hostName(source: VariableSource): string | undefined {
  const host = source.host();
  if (!source.rules.hostFromMachine || host !== '') return host;
  return source.environment.host?.split('.')[0];
}

/** A variable that, from 13.2 on, takes the place of all text before it. */
function replacing(source: VariableSource, name: string): string | undefined {
  if (!source.rules.metaVariables.has(name)) return undefined;
  if (name === 'home') return source.environment.home;
  return name === 'programdata' ? (source.environment.env['ProgramData'] ?? '') : undefined;
}

/** Up to 12.2. A variable that is not known stays as it is written. */
export function expandAndKeep(
  source: VariableSource,
  text: string,
  option: (name: string) => string | undefined,
): string {
  let expanded = '';
  let done = 0;
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
    const { name, end } = variableAt(text, at);
    if (name === '') continue;
    const value = special(source, name) ?? (source.rules.metaVariables.has(name) ? undefined : option(name));
    if (value === undefined) continue;
    expanded += text.slice(done, at) + value;
    done = end < 0 ? text.length : end;
    at = done - 1;
  }
  return expanded + text.slice(done);
}

/** What reading an option for another one's sake gives. */
export type ReadOption = (name: string) => { readonly text: string } | 'unknown' | 'loop';

/**
 * From 13.2 on, with its three oddities: `$home` takes the place of what stands before it, text behind a `${` that is not
 * closed is dropped, and a loop leaves `$name` in place of the whole text.
 */
export function expandOnRead(source: VariableSource, text: string, option: ReadOption): string {
  let expanded = '';
  let done = 0;
  let at = text.indexOf('$');
  while (at >= 0) {
    expanded += text.slice(done, at);
    const { name, end } = variableAt(text, at);
    done = end < 0 ? text.length : end;
    const whole = text.slice(at, done);
    if (name === '') expanded += '$';
    else {
      const replacement = replacing(source, name);
      if (replacement !== undefined) expanded = replacement;
      else if (source.rules.metaVariables.has(name)) expanded += special(source, name) ?? whole;
      else {
        const read = option(name);
        if (read === 'loop') return `$${name}`;
        expanded += read === 'unknown' ? whole : read.text;
      }
    }
    at = text.indexOf('$', done);
  }
  return expanded + text.slice(done);
}
