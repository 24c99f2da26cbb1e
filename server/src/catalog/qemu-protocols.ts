/**
 * What a file name may begin with, before a colon, in some release of QEMU. Which of them a build has depends on its
 * options and modules, so that none of these is ever called unknown. Read in block/ of several releases; vendors' own at
 * the end.
 */
const NAME_PREFIXES: ReadonlySet<string> = new Set(
  (
    'file host_device host_cdrom host_floppy fat rbd nbd nbd+tcp nbd+unix sheepdog sheepdog+tcp sheepdog+unix ' +
    'http https ftp ftps tftp iscsi iser gluster gluster+tcp gluster+unix gluster+rdma ssh nfs vxhs archipelago nvme ' +
    'null-aio null-co blkdebug blkverify blkreplay blklogwrites copy-on-read quorum throttle ' +
    'io_uring nvme-io_uring virtio-blk-vfio-pci virtio-blk-vhost-user virtio-blk-vhost-vdpa ' +
    'pbs vitastor zeroinit'
  ).split(' '),
);

/** Whether some build of some release may take it for a protocol. */
export function isNamePrefix(prefix: string): boolean {
  return NAME_PREFIXES.has(prefix);
}
