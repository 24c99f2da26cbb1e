/** The documents that the server looks into. */

const LANGUAGES = ['ceph-conf', 'qemu-cmdline', 'shellscript'];
/** Documents that a user edits; `git:` and the like are old copies of them. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'vscode-test-web'];

export const DOCUMENTS = LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme })));
