/**
 * The names that block nodes and drives take, one after the other, while QEMU opens them.
 * Source: bdrv_assign_node_name in block.c; bdrv_new, blk_new, monitor_add_blk in block.c and block/block-backend.c.
 */
import type { QemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { Span } from '../../syntax/span.js';
import type { DriveError } from '../model.js';
import { type FlatOption, isUnknown } from './flat-options.js';
import { isUnknownText } from './option-values.js';
import { fill, refusal } from './refusal.js';

const LONGEST_NAME = 31;

export class NodeNames {
  private readonly nodes: Set<string>;
  private readonly drives: Set<string>;

  constructor(
    private readonly behaviour: QemuBehaviour,
    /** There may be more than those that are taken here. */
    private readonly hasMore: boolean,
    private readonly groups: ReadonlySet<string>,
    taken?: NodeNames,
  ) {
    this.nodes = new Set(taken?.nodes);
    this.drives = new Set(taken?.drives);
  }

  /** Another set with the same names, for a plan that is only tried. */
  copy(): NodeNames {
    return new NodeNames(this.behaviour, this.hasMore, this.groups, this);
  }

  hasNode(name: string): boolean {
    return this.nodes.has(name);
  }

  /** True where a node or drive of that name is, or may be, there to be referred to. */
  has(name: string): boolean {
    return this.hasMore || this.nodes.has(name) || this.drives.has(name);
  }

  /** Whether a group of limits is, or may be, there. */
  hasGroup(name: string): boolean {
    return this.hasMore || this.groups.has(name) || [...this.groups].some(isUnknownText);
  }

  /** The node is there, whatever else is wrong with it. */
  addNode(name: string): void {
    this.nodes.add(name);
  }

  /** QEMU's refusal of a `node-name`, when the node itself is opened; null where the node has it from now on. */
  takeNode(option: FlatOption): DriveError | null {
    if (isUnknown(option)) return null;
    const { value: name, valueSpan } = option;
    const { badNodeNameText, nodeNameWellFormed, nodeNameTakenText, longNodeNameRefused } = this.behaviour;
    const refuse = (code: string, message: string) => refusal('open', code, fill(message, name), valueSpan);
    if (nodeNameWellFormed ? !isWellFormed(name) : name === '') return refuse('bad-node-name', badNodeNameText);
    if (this.drives.has(name)) return refuse('node-name-taken', 'node-name=%s is conflicting with a device id');
    if (this.nodes.has(name)) return refuse('duplicate-node-name', nodeNameTakenText);
    if (longNodeNameRefused && name.length > LONGEST_NAME) return refuse('bad-node-name', 'Node name too long');
    this.nodes.add(name.slice(0, LONGEST_NAME));
    return null;
  }

  /** QEMU's refusal of a drive's name: its id, or the one that it gets without. */
  takeDrive(name: string, span: Span): DriveError | null {
    if (isUnknownText(name)) return null;
    const refuse = (code: string, message: string) => refusal('open', code, fill(message, name), span);
    if (this.drives.has(name)) return refuse('duplicate-id', "Device with id '%s' already exists");
    if (this.nodes.has(name)) return refuse('node-name-taken', this.behaviour.driveNameTakenText);
    this.drives.add(name);
    return null;
  }
}

/** What QEMU takes for an id or a node-name. */
export function isWellFormed(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9._-]*$/.test(name);
}
