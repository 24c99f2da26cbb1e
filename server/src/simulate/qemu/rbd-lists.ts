/** Members of an rbd node that are lists: servers, ways to authenticate. */
import type { DriveError } from '../model.js';
import type { FlatOption, OptionSet } from './flat-options.js';
import { type PlacedText, placedText } from './plan.js';
import { refusal } from './refusal.js';

/** The monitors as `mon_host` has them. */
export function takeServers(options: OptionSet): {
  readonly list: PlacedText | null;
  readonly problem: DriveError | null;
} {
  const servers: string[] = [];
  let first: FlatOption | undefined;
  let problem: DriveError | null = null;
  for (let index = 0; ; index++) {
    const host = options.get(`server.${index}.host`);
    const port = options.get(`server.${index}.port`);
    options.delete(`server.${index}.host`);
    options.delete(`server.${index}.port`);
    if (host === undefined) {
      if (port !== undefined) {
        problem = refusal('args', 'member-missing', `Parameter server.${index}.host is missing`, port.span);
      }
      break;
    }
    first ??= host;
    const address = host.value.includes(':') ? `[${host.value}]` : host.value;
    servers.push(port === undefined ? address : `${address}:${port.value}`);
  }
  return { list: first === undefined ? null : { ...placedText(first), text: servers.join(';') }, problem };
}

/** The modes as `auth_client_required` has them. */
export function authModes(options: OptionSet): PlacedText | null {
  const modes: string[] = [];
  let first: FlatOption | undefined;
  for (let index = 0; ; index++) {
    const mode = options.get(`auth-client-required.${index}`);
    if (mode === undefined) break;
    first ??= mode;
    modes.push(mode.value);
  }
  first ??= options.get('auth-client-required');
  return first === undefined ? null : { ...placedText(first), text: modes.join(';') };
}
