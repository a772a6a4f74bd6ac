/** @file The built site, served for a measurement, with every byte of every answer counted. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { ensureBrowser, launchArguments } from '../scripts/browser.mjs';
import { serve } from '../scripts/serve.mjs';

type Answer = Parameters<typeof serve>[0]['fault'];

export type Site = {
	url: string;
	/** Files asked for since `forget`, and how long each is in brotli. */
	asked: { file: string; bytes: number }[];
	forget(): void;
	close(): Promise<void>;
};

/** @param answer takes the place of a file, as in `serve` */
export async function site(answer?: NonNullable<Answer>): Promise<Site> {
	if (!existsSync('build/index.html')) throw new Error('There is no build/: run "npm run build".');
	const asked: Site['asked'] = [];
	const server = await serve({
		folder: 'build',
		fault: (path, request, response) => {
			const file = join('build', path.endsWith('/') ? `${path}index.html` : path);
			const sent = existsSync(`${file}.br`) ? `${file}.br` : file;
			asked.push({ file: path, bytes: existsSync(sent) ? readFileSync(sent).length : 0 });
			return answer?.(path, request, response);
		}
	});
	return {
		url: server.url,
		asked,
		forget: () => void asked.splice(0),
		close: server.close
	};
}

export function launch(...more: string[]): Promise<Browser> {
	return chromium.launch({
		executablePath: ensureBrowser(),
		args: [...launchArguments, ...more]
	});
}

/** Opens a page that has seen nothing before, and waits until it answers to clicks. */
export async function open(browser: Browser, url: string): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	const page = await context.newPage();
	await page.goto(url);
	await page.waitForSelector('html[data-hydrated]', { state: 'attached' });
	return page;
}
