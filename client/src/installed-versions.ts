/** What programs say of their own version, and where such programs are. Knows nothing of VS Code. */

export interface InstalledVersion {
  readonly program: 'qemu' | 'librbd';
  /** As the setting takes it: `7.2.22`. */
  readonly version: string;
  /** Proxmox's build of QEMU says so itself. */
  readonly vendor: 'upstream' | 'proxmox';
  /** The program that said it. */
  readonly path: string;
}

/** `QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)`, `ceph version 16.2.15 (618f…) pacific (stable)`. */
export function versionIn(output: string, path: string): InstalledVersion | undefined {
  const qemu = /\bQEMU (?:PC )?emulator version v?(\d+(?:\.\d+)+)/.exec(output)?.[1];
  if (qemu !== undefined) {
    return { program: 'qemu', version: qemu, vendor: /\bpve-qemu/.test(output) ? 'proxmox' : 'upstream', path };
  }
  const ceph = /\bceph version v?(\d+(?:\.\d+)+)/.exec(output)?.[1];
  return ceph === undefined ? undefined : { program: 'librbd', version: ceph, vendor: 'upstream', path };
}

const QEMU_NAME = /^(?:qemu-system-[\w-]+|qemu-kvm|kvm)$/;
/** Where distributions put a QEMU that is not on the path. */
export const OTHER_FOLDERS: readonly string[] = ['/usr/libexec', '/usr/lib/qemu', '/usr/local/bin', '/usr/bin'];
/** A machine with every target of QEMU has some sixty, all of one version. */
const MOST_EMULATORS = 3;

/**
 * The programs to ask, the likeliest first.
 * @param names what each folder holds, in the order of the path
 */
export function programsToAsk(names: ReadonlyMap<string, readonly string[]>, machine: string): readonly string[] {
  const emulators: string[] = [];
  let rbd: string | undefined;
  for (const [folder, files] of names) {
    for (const name of files) {
      if (QEMU_NAME.test(name)) emulators.push(`${folder}/${name}`);
      else if (name === 'rbd') rbd ??= `${folder}/${name}`;
    }
  }
  const rank = (path: string): number => (path.endsWith(`/qemu-system-${machine}`) ? 0 : /kvm$/.test(path) ? 1 : 2);
  // As a shell finds them: the first of a name counts.
  const seen = new Set<string>();
  const unique = emulators.filter((path) => {
    const name = path.slice(path.lastIndexOf('/'));
    return !seen.has(name) && seen.add(name);
  });
  const asked = unique.sort((a, b) => rank(a) - rank(b)).slice(0, MOST_EMULATORS);
  return [...asked, ...(rbd === undefined ? [] : [rbd])];
}

/** What QEMU calls this machine, by Node's name for it. */
export function machineName(arch: string): string {
  return { x64: 'x86_64', arm64: 'aarch64', ppc64: 'ppc64', s390x: 's390x', riscv64: 'riscv64' }[arch] ?? 'x86_64';
}
