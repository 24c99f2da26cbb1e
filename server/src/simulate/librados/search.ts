/** Where rados_conf_read_file looks. Source: md_config_t::parse_config_files, get_str_list, 0.48.3 to 20.2.4. */
import type { LibradosRules } from '../../catalog/librados-rules.js';

/** The paths of a list, unexpanded. An empty list is an answer too: nothing is looked at. */
export function splitPaths(list: string, separators: string): string[] {
  const paths: string[] = [];
  let start = 0;
  for (let i = 0; i <= list.length; i++) {
    if (i < list.length && !separators.includes(list.charAt(i))) continue;
    if (i > start) paths.push(list.slice(start, i));
    start = i + 1;
  }
  return paths;
}

/** The paths that a call tries, unexpanded. `$data_dir` is nothing to a client: such a path is dropped. */
export function pathsToTry(
  rules: LibradosRules,
  requested: string | null,
  cephConf: string | undefined,
): readonly string[] {
  const list = requested ?? cephConf;
  if (list === undefined) return rules.searchPath;
  const paths = splitPaths(list, rules.separators);
  return rules.metaVariables.has('data_dir') ? paths.filter((path) => !path.includes('$data_dir')) : paths;
}

/** `path` as the kernel resolves it under `cwd`, without a look at links. */
export function absolutePath(cwd: string, path: string): string {
  const whole = path.startsWith('/') ? path : `${cwd}/${path}`;
  if (!whole.includes('//') && !whole.includes('/.') && !whole.endsWith('/')) return whole;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** What `$cluster` becomes once a file was read by its own name. */
export function clusterNameOf(path: string, rule: LibradosRules['clusterName']): string {
  if (rule === 'ceph') return 'ceph';
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (rule === 'extension') return name.length > 5 && name.endsWith('.conf') ? name.slice(0, -5) : 'ceph';
  const at = name.indexOf('.conf');
  return at < 0 ? 'ceph' : name.slice(0, at);
}
