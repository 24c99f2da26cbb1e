/** How each release of QEMU opens an rbd image: which calls of librados, in which order. Sources as in qemu-behaviour.ts. */
import { Timeline } from './qemu-timeline.js';

/**
 * `none`: librados without any configuration. `keys-in-order`: files and keys as they stand. `files-first`: files, then
 * keys. `members`: one file, the name's keys, then what the members say.
 */
export type OpenStyle = 'none' | 'keys-in-order' | 'files-first' | 'members';

export interface OpenSequence {
  readonly style: OpenStyle;
  /** When QEMU sets `rbd_cache` from the cache mode. */
  readonly setsRbdCache: 'never' | 'first' | 'last';
  /** The default file must be there. */
  readonly needsDefaultFile: boolean;
  /** Complaints end in the errno's text. */
  readonly saysErrno: boolean;
  /** The result of setting the key is looked at, and `auth_client_required` may be set. */
  readonly checksAuth: boolean;
  /** How the members of the node are read: not at all, leniently, or by the schema. */
  readonly members: 'none' | 'loose' | 'schema';
}

export const OPEN = new Timeline<OpenSequence>(
  [
    '0.14',
    {
      style: 'none',
      setsRbdCache: 'never',
      needsDefaultFile: false,
      saysErrno: false,
      checksAuth: false,
      members: 'none',
    },
  ],
  [
    '0.15',
    {
      style: 'keys-in-order',
      setsRbdCache: 'never',
      needsDefaultFile: true,
      saysErrno: false,
      checksAuth: false,
      members: 'none',
    },
  ],
  [
    '1.0',
    {
      style: 'keys-in-order',
      setsRbdCache: 'never',
      needsDefaultFile: false,
      saysErrno: false,
      checksAuth: false,
      members: 'none',
    },
  ],
  [
    '1.2',
    {
      style: 'keys-in-order',
      setsRbdCache: 'first',
      needsDefaultFile: false,
      saysErrno: false,
      checksAuth: false,
      members: 'none',
    },
  ],
  [
    '2.4',
    {
      style: 'files-first',
      setsRbdCache: 'last',
      needsDefaultFile: false,
      saysErrno: false,
      checksAuth: false,
      members: 'none',
    },
  ],
  [
    '2.7',
    {
      style: 'files-first',
      setsRbdCache: 'last',
      needsDefaultFile: false,
      saysErrno: true,
      checksAuth: false,
      members: 'none',
    },
  ],
  [
    '2.9',
    {
      style: 'members',
      setsRbdCache: 'last',
      needsDefaultFile: false,
      saysErrno: true,
      checksAuth: false,
      members: 'loose',
    },
  ],
  [
    '2.12',
    {
      style: 'members',
      setsRbdCache: 'last',
      needsDefaultFile: false,
      saysErrno: true,
      checksAuth: false,
      members: 'schema',
    },
  ],
  [
    '3.0',
    {
      style: 'members',
      setsRbdCache: 'last',
      needsDefaultFile: false,
      saysErrno: true,
      checksAuth: true,
      members: 'schema',
    },
  ],
);
