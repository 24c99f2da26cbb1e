/** What `--help` says below the options: examples, and what a person would ask next. */

export const PROGRAM_HELP = `
Examples:
  rbdcache check                                all ceph.conf files, scripts and command lines below this folder
  rbdcache check --qemu 7.2 --librbd 16.2 vms/  the same of a folder, as these releases read it
  rbdcache explain start-vm.sh                  what each drive of a script runs with, and who decided it
  rbdcache explain --drive 'rbd:volumes/vm1:id=cinder' --conf /etc/ceph/ceph.conf --qemu 2.2 --librbd 0.87
  rbdcache diff --from 2.2/0.87 --to 9.2/18.2   before an upgrade: whose outcome changes

Which releases count: the comment “# rbdcache: qemu=2.2 librbd=0.87” in a file, else --qemu and --librbd, else
.rbdcacherc in a folder above, else the newest known, which is then called assumed.

“rbdcache <command> --help” tells more.
`;

export const CHECK_HELP = `
What is looked into: ceph.conf, *.ceph.conf, etc/ceph/*.conf, *.qemu, *.qemu-args, *.sh, *.bash, and scripts that begin
with #!. A file that is named is looked into whatever it is called. Folders that begin with a dot, node_modules, venv and
__pycache__ are left out.

--fail-on takes a severity (error, warning, information, hint), the id of a rule, or none. Given more than once, each counts.

Exit code: 0 nothing at or over --fail-on, 1 something, 2 bad usage, or a file that could not be looked into; the others
were checked all the same.

Examples:
  rbdcache check                                          this folder
  rbdcache check 'vms/**/*.sh' /etc/ceph/ceph.conf        globs and files
  rbdcache check --fail-on warning --fail-on conf-socket-shared
  rbdcache check --format github                          annotations in a workflow of GitHub Actions
  rbdcache check --format sarif > rbdcache.sarif          for code scanning and viewers of SARIF
  rbdcache check --fix --dry-run                          what the safe fixes would change
  rbdcache check --fix                                    … and change it

.rbdcacherc, in any folder above a file, holds for the editor, too:
  [releases]
  qemu = 7.2
  librbd = 16.2
  [files]
  root = ./compute1          the folder that stands for / of the machine
  [severity]
  cache-unsafe = error
  drive-format-probed = off
`;

export const EXPLAIN_HELP = `
Exit code: 0 done, 2 bad usage or a file that could not be read.

Examples:
  rbdcache explain                            each drive below this folder, in short
  rbdcache explain start-vm.sh                each drive of a script
  rbdcache explain start-vm.sh:12             all there is to know about the drive at line 12
  rbdcache explain /etc/ceph/ceph.conf        by cache mode, where no drive is in view
  rbdcache explain --drive 'file=rbd:volumes/v1,format=raw,cache=none' --qemu 2.2 --librbd 0.87
  rbdcache explain --format json start-vm.sh  for programs
`;

export const DIFF_HELP = `
--from and --to name QEMU and librbd: 7.2/16.2, 7.2/Reef. A part that is left out (7.2, /18.2) stays as it is in force for
the file: by its comment, --qemu and --librbd, .rbdcacherc, or the newest known. --from itself may be left out.

Exit code: 0 done, 1 with --fail-on-change where a drive changes, 2 bad usage, or a file that could not be looked into.

Examples:
  rbdcache diff --to 9.2/18.2                             what an upgrade from the releases in force changes
  rbdcache diff --from 2.2/0.87 --to 9.2/18.2 vms/
  rbdcache diff --from 7.2/16.2 --to /18.2                librbd alone
  rbdcache diff --to 9.2/18.2 --fail-on-change            in a CI job
  rbdcache diff --to 9.2/18.2 --format json               for programs
`;
