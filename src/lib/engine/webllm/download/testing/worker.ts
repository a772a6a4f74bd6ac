/** @file A worker as the site's: it downloads with all that the browser has, and reads as web-llm does. */
import { download, type Plan } from '../download.ts';
import { keptCaches } from '../surroundings.ts';

addEventListener(
	'message',
	async ({ data }: MessageEvent<{ plan: Plan; addresses: [string, string][] }>) => {
		const outcome = await download(data.plan, { signal: new AbortController().signal });
		keptCaches.install();
		const found = await Promise.all(
			data.addresses.map(async ([cache, address]) => {
				const response = await (await caches.open(cache)).match(new Request(address));
				return response && (await response.arrayBuffer()).byteLength;
			})
		);
		postMessage({ outcome, found });
	}
);
