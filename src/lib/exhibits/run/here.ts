/**
 * This device, as a run record describes one: enough to understand a speed, and no more than any page
 * may ask. Nothing of it leaves the browser unless its owner hands the file on.
 */
export function here(): { browser: string; system: string; cores: number } {
	const { userAgent, hardwareConcurrency } = navigator;
	const browser =
		/(Firefox|Edg|OPR|SamsungBrowser|Chrome)\/(\d+)/.exec(userAgent) ??
		/(Version)\/(\d+).* Safari\//.exec(userAgent);
	const system =
		/Android|iPhone|iPad|CrOS|Windows|Mac OS X|Linux/.exec(userAgent)?.[0] ?? 'not known';
	const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' };
	return {
		browser: browser ? `${names[browser[1]] ?? browser[1]} ${browser[2]}` : 'not known',
		system: system === 'CrOS' ? 'ChromeOS' : system === 'Mac OS X' ? 'macOS' : system,
		cores: hardwareConcurrency || 1
	};
}
