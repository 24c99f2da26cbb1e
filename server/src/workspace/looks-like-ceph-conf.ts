/**
 * Files called ceph.conf that are something else (a plug-in's settings, JSON, a web server's site) are common; nothing
 * is said about them. Unsure means yes only where most of the assignments speak of Ceph's subsystems.
 */
const LOOKED_AT = 64 * 1024;
const OWN_SECTION = /^\s*\[\s*(global|client|mon|osd|mds|mgr|rgw|radosgw)\b/i;
const OWN_KEY =
  /^(fsid|mon|osd|rbd|rgw|auth|public|cluster|mds|mgr|log|debug|ms|keyring|admin|client|filestore|journal|bluestore|bluefs|err|max[ _]open|perf|objecter|objectstore|pid[ _]file|run[ _]dir|rados|host|heartbeat|setuser|leveldb|rocksdb|librados|mutex|lockdep|plugin|nss|compressor|crush|enable|fuse|key|name|clog|async|rdma|throttler|memstore|filer|kinetic|tracing|daemonize|chdir|restapi|erasure)([ _-]|$)/i;
const ENVIRONMENT_KEY = /^[A-Z][A-Z0-9_]*$/;

/** True for a text that Ceph's programs are meant to read, broken or not; an empty one too. */
export function looksLikeCephConf(text: string): boolean {
  const head = text.slice(0, LOOKED_AT);
  const first = /\S/.exec(head.replace(/^\uFEFF/, ''))?.[0];
  if (first === undefined) return true;
  if (first === '{' || first === '<' || head.startsWith('#!')) return false;
  let ours = 0;
  let foreign = 0;
  for (let from = 0, end = 0; from < head.length; from = end + 1) {
    end = head.indexOf('\n', from);
    if (end < 0) end = head.length;
    const line = head.slice(from, end);
    if (OWN_SECTION.test(line)) return true;
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue;
    if (trimmed.startsWith('[')) continue;
    const at = trimmed.indexOf('=');
    const key = at < 0 ? '' : trimmed.slice(0, at).trim();
    if (OWN_KEY.test(key) && !ENVIRONMENT_KEY.test(key)) ours += 1;
    else foreign += 1;
  }
  return foreign === 0 || ours > foreign;
}
