/** How each release of QEMU opens an rbd image: which calls of librados, in which order. Sources as in qemu-behaviour.ts. */
import { from, timeline } from './qemu-timeline.js';

/**
 * `none`: librados without any configuration. `keys-in-order`: files and keys as they stand. `files-first`: files, then
 * keys. `members`: one file, the name's keys, then what the members say.
 */
export type OpenStyle = 'none' | 'keys-in-order' | 'files-first' | 'members';

/** The rows of an open sequence. */
export const OPEN = {
  style: timeline<OpenStyle>({ '0.14': 'none', '0.15': 'keys-in-order', '2.4': 'files-first', '2.9': 'members' }),
  /** When QEMU sets `rbd_cache` from the cache mode. */
  setsRbdCache: timeline<'never' | 'first' | 'last'>({ '0.14': 'never', '1.2': 'first', '2.4': 'last' }),
  /** The default file must be there. */
  needsDefaultFile: from('0.15', '1.0'),
  /** Complaints end in the errno's text. */
  saysErrno: from('2.7'),
  /** The result of setting the key is looked at, and `auth_client_required` may be set. */
  checksAuth: from('3.0'),
  /** How the members of the node are read: not at all, leniently, or by the schema. */
  members: timeline<'none' | 'loose' | 'schema'>({ '0.14': 'none', '2.9': 'loose', '2.12': 'schema' }),
} as const;
