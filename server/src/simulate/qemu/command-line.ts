/** QEMU's argument list, as far as it bears on drives: which argument belongs to which flag. */
import { fileFlag, takesNoArgument } from '../../catalog/qemu-flags.js';
import { type MappedText, UNKNOWN } from '../../syntax/mapped-text.js';
import type { Span } from '../../syntax/span.js';

/** A flag with its argument. `index` counts the arguments from 0. */
export interface Given {
  /** As written. */
  readonly flag: string;
  /** Without dashes. */
  readonly name: string;
  readonly flagSpan: Span;
  readonly argument: MappedText;
  readonly index: number;
}

export interface CommandLine {
  readonly devices: readonly Given[];
  readonly objects: readonly Given[];
  readonly sets: readonly Given[];
  readonly globals: readonly Given[];
  /** `-snapshot`. */
  readonly snapshot: Span | null;
  readonly machine: string | null;
  /** `-incoming`: the guest comes from another QEMU, and writes nothing before it is here. */
  readonly incoming: boolean;
  /**
   * More arguments than those that are seen: a word of the shell that may be any number of them, `-readconfig`. What is
   * not here, a secret or a node, may be there.
   */
  readonly hasMore: boolean;
  /** A drive's flag at the end, without the argument that it needs. */
  readonly dangling: Span | null;
  /** In order of appearance: drives (`-drive`, `-hda` and the like, words that are no flags) and block nodes. */
  readonly inOrder: readonly { readonly kind: 'drive' | 'blockdev'; readonly given: Given }[];
}

export function readCommandLine(args: readonly MappedText[]): CommandLine {
  const besides: Besides = {
    devices: [],
    objects: [],
    sets: [],
    globals: [],
    machine: null,
    incoming: false,
    hasMore: false,
  };
  const inOrder: { kind: 'drive' | 'blockdev'; given: Given }[] = [];
  let snapshot: Span | null = null;
  let dangling: Span | null = null;
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (word === undefined) break;
    const name = flagName(word.text);
    if (name === null) {
      besides.hasMore ||= word.text.startsWith(UNKNOWN);
      if (!isFileWord(word.text)) continue;
      inOrder.push({
        kind: 'drive',
        given: { flag: '', name: 'hda', flagSpan: word.span(0, 0), argument: word, index },
      });
      continue;
    }
    if (name === 'snapshot') snapshot = word.span();
    const argument = args[index + 1];
    if (takesNoArgument(name)) continue;
    if (argument === undefined) {
      if (name === 'drive' || name === 'blockdev' || fileFlag(name) !== undefined) dangling = word.span();
      continue;
    }
    index++;
    const given = { flag: word.text, name, flagSpan: word.span(), argument, index };
    if (name === 'drive' || fileFlag(name) !== undefined) inOrder.push({ kind: 'drive', given });
    else if (name === 'blockdev') inOrder.push({ kind: 'blockdev', given });
    else keep(besides, name, given);
  }
  // Member by member: each object that is spread has a hidden class of its own, which a run over many cases pays for.
  const { devices, objects, sets, globals, machine, incoming, hasMore } = besides;
  return { devices, objects, sets, globals, snapshot, machine, incoming, hasMore, dangling, inOrder };
}

/** What is said beside the drives. */
interface Besides extends Record<'devices' | 'objects' | 'sets' | 'globals', Given[]> {
  machine: string | null;
  incoming: boolean;
  hasMore: boolean;
}

function keep(besides: Besides, name: string, given: Given): void {
  switch (name) {
    case 'device':
      besides.devices.push(given);
      break;
    case 'object':
      besides.objects.push(given);
      break;
    case 'set':
      besides.sets.push(given);
      break;
    case 'global':
      besides.globals.push(given);
      break;
    case 'M':
    case 'machine':
      besides.machine = machineOf(given.argument.text) ?? besides.machine;
      break;
    case 'incoming':
      besides.incoming = true;
      break;
    case 'readconfig':
      besides.hasMore = true;
      break;
  }
}

/** Whether QEMU takes the word behind this flag, which is given as written, for its argument. */
export function takesArgument(flag: string): boolean {
  const name = flagName(flag);
  return name !== null && !takesNoArgument(name);
}

function flagName(word: string): string | null {
  if (word.length < 2 || word.charCodeAt(0) !== 0x2d) return null;
  return word.charCodeAt(1) === 0x2d ? word.slice(2) : word.slice(1);
}

/** A word by itself is a disk's file name. Only one that names an rbd image is of interest. */
function isFileWord(word: string): boolean {
  return word.startsWith('rbd:') || word.startsWith('json:');
}

function machineOf(argument: string): string | null {
  for (const part of argument.split(',')) {
    if (part.startsWith('type=')) return part.slice(5);
    if (!part.includes('=') && part !== '') return part;
  }
  return null;
}
