/** @file What a page has a connection carry: the files that a server of its own is asked for, and their bytes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Page } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { hydrated } from './site.ts';

/** Body of a file of the build as it travels, in bytes. */
export function travels(file: string): number {
	const path = join('build', file);
	const body = readFileSync(path);
	if (/\.(woff2|png|jpg|webp)$/.test(file)) return body.length;
	const small = existsSync(`${path}.br`)
		? readFileSync(`${path}.br`).length
		: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
	return Math.min(small, body.length);
}

/** Runs `visit` against a server of its own and notes what is asked of it. */
export async function counted(visit: (origin: string, files: string[]) => Promise<void>) {
	const files: string[] = [];
	const server = await serve({
		folder: 'build',
		fault: (path) => {
			files.push(path.endsWith('/') ? `${path}index.html` : path);
		}
	});
	try {
		await visit(server.url.replace(/\/$/, ''), files);
	} finally {
		await server.close();
	}
}

/** Bytes of those files whose names match, as they travel. */
export const sum = (files: string[], names = /./) =>
	files.filter((file) => names.test(file)).reduce((bytes, file) => bytes + travels(file), 0);

/** Until nothing more is asked for. */
export async function quiet(page: Page) {
	await hydrated(page);
	await page.waitForLoadState('networkidle');
	await page.waitForTimeout(300);
}
