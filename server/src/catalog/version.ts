/** A version as its numeric components, most significant first: `[2, 10]` is newer than `[2, 9]`. */
export type Version = readonly number[];

/** Reads `2.10`, `v14.2`, `1:7.2+dfsg-7`, `16.2.15-0ubuntu1`; undefined where no number stands at the start. */
export function parseVersion(text: string): Version | undefined {
  const match = /^\s*(?:\d+:)?v?(\d+(?:\.\d+)*)/i.exec(text);
  return match?.[1]?.split('.').map(Number);
}

/** Negative where `a` is older. Missing components count as 0. */
export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function formatVersion(version: Version): string {
  return version.join('.');
}
