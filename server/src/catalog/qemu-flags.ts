/** QEMU's flags. Source: data/qemu-flags.json. */
import data from './data/qemu-flags.json' with { type: 'json' };

/** Whether a flag, without its dashes, stands alone. Flags that nobody knows do not. */
export function takesNoArgument(name: string): boolean {
  return data.alone.includes(name);
}
