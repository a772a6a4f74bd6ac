/** @file What a host sends, and what a page says of itself. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { addresses } from './site.ts';

test('every page is sent with the headers that a meta element cannot say', async ({ request }) => {
	for (const address of [...addresses(), '/no/such/page/']) {
		const headers = (await request.get(address)).headers();
		expect(headers, address).toMatchObject({
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY',
			'referrer-policy': 'no-referrer',
			'cross-origin-opener-policy': 'same-origin',
			'content-security-policy': "frame-ancestors 'none'",
			'cache-control': 'no-cache'
		});
		expect(headers['permissions-policy'], address).toContain('camera=()');
		expect(headers['strict-transport-security'], address).toMatch(/max-age=\d{8}/);
	}
});

test('every page carries the policy, and no more is allowed than it needs', async ({ request }) => {
	for (const address of [...addresses(), '/no/such/page/']) {
		const html = await (await request.get(address)).text();
		const policy = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html)?.[1];
		expect(policy, address).toBeDefined();
		const directives = new Map(
			(policy ?? '').split(';').map((part) => {
				const [name, ...values] = part.trim().replaceAll('&#39;', "'").split(/\s+/);
				return [name, values.join(' ')] as const;
			})
		);
		expect(directives.get('default-src'), address).toBe("'none'");
		expect(directives.get('connect-src'), address).toBe("'self'");
		expect(directives.get('worker-src'), address).toBe("'self'");
		expect(directives.get('base-uri'), address).toBe("'none'");
		expect(directives.get('form-action'), address).toBe("'none'");
		expect(directives.get('script-src'), address).toMatch(
			/^'self' 'wasm-unsafe-eval'( 'sha256-[A-Za-z0-9+/=]+')+$/
		);
		expect(directives.get('style-src'), address).toMatch(/^'self'( 'sha256-[A-Za-z0-9+/=]+')*$/);
		for (const [name, values] of directives) {
			if (name === 'style-src-attr') continue;
			expect(values, `${name} of ${address}`).not.toMatch(
				/unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|https?:|\*/
			);
		}
	}
});

test('a worker is confined by the policy of its own file', async ({ request }) => {
	const workers = readdirSync('build/_app/immutable/workers').filter((name) =>
		name.endsWith('.js')
	);
	const reach = (name: string) =>
		name.startsWith('webllm-worker-')
			? "'self' https://huggingface.co https://*.huggingface.co https://*.hf.co https://raw.githubusercontent.com"
			: "'self'";
	expect(workers.filter((name) => name.startsWith('webllm-worker-')).length).toBe(1);
	expect(workers.length).toBeGreaterThan(1);
	for (const name of workers) {
		const headers = (await request.get(`/_app/immutable/workers/${name}`)).headers();
		expect(headers['content-security-policy'].split(', ').at(-1), name).toBe(
			`default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src ${reach(name)}`
		);
		expect(headers['cache-control']).toContain('immutable');
	}
});

test('no page has a script or a style that its policy does not name', async ({ request }) => {
	for (const address of addresses()) {
		const html = await (await request.get(address)).text();
		const policy = /http-equiv="content-security-policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
		for (const [, css] of html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)) {
			const hash = createHash('sha256').update(css).digest('base64');
			expect(policy, address).toContain(`'sha256-${hash}'`);
		}
		expect(html, address).not.toMatch(/\son[a-z]+\s*=\s*["']/);
	}
});
