/**
 * @file Real models from the reader's side: nothing is fetched before it is agreed to, every byte of a (synthetic) model
 * arrives from a mirror and is checked, it is listed, loaded as far as it goes without true weights, and deleted.
 */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { expect, test as base, type Page } from '@playwright/test';
import { models } from '#lib/engine/webllm/catalogue.ts';
import { syntheticModel, folder, library } from '#lib/engine/webllm/download/testing/model.ts';
import { libraryName } from '#lib/engine/webllm/place.ts';
import { gpuArguments, launchArguments } from '../../scripts/browser.mjs';
import { serve } from '../../scripts/serve.mjs';
import { exhibit, faultsOf, open } from './site.ts';

/** The first of the catalogue that the software adapter is offered: the one without 16-bit numbers, or the other. */
const wanted = models.slice(0, 2);
const synthetic = syntheticModel([700_000, 500_000]);
/** A list of tokens that can be read, so that web-llm itself is reached. */
const tokenizer = Buffer.from(
	JSON.stringify({
		model: { vocab: Object.fromEntries(Array.from({ length: 512 }, (_, id) => [`t${id}`, id])) },
		added_tokens: []
	})
);
synthetic.files.set(`${folder}tokenizer.json`, tokenizer);
for (const file of synthetic.manifest.files) {
	if (file.path !== 'tokenizer.json') continue;
	const sha256 = createHash('sha256').update(tokenizer).digest('hex');
	Object.assign(file, { bytes: tokenizer.length, sha256 });
}

type Mirror = {
	url: string;
	asked: string[];
	/** Answers in the place of a file. */
	fault: ((file: string, response: ServerResponse) => boolean | undefined) | undefined;
};

const test = base.extend<{ site: Mirror }>({
	launchOptions: async ({ launchOptions }, use) => {
		await use({ ...launchOptions, args: [...launchArguments, ...gpuArguments] });
	},
	// eslint-disable-next-line no-empty-pattern
	site: async ({}, use) => {
		const site: Mirror = { url: '', asked: [], fault: undefined };
		const server = await serve({
			folder: 'build',
			fault: (path: string, _: unknown, response: ServerResponse) => {
				const [, id, rest] = /^\/mirror\/([^/]+)\/(.+)$/.exec(path) ?? [];
				if (!rest) return;
				site.asked.push(rest);
				if (site.fault?.(rest, response)) return true;
				const body = fileOf(id, rest);
				if (!body) response.writeHead(404).end();
				else {
					response.writeHead(200, {
						'Content-Type': rest.endsWith('.json')
							? 'application/json'
							: 'application/octet-stream',
						'Content-Length': body.length
					});
					response.end(body);
				}
				return true;
			}
		});
		site.url = server.url;
		await use(site);
		await server.close();
	}
});

/** A file of the mirror, which has the same synthetic files for every model. */
function fileOf(id: string, path: string): Uint8Array | undefined {
	const model = models.find((one) => one.id === id);
	if (!model) return undefined;
	const program = libraryName(model);
	if (path === program) return synthetic.files.get(library);
	if (path === 'manifest.json') {
		const files = synthetic.manifest.files.map((file) =>
			file.path.endsWith('.wasm') ? { ...file, path: program } : file
		);
		return Buffer.from(JSON.stringify({ ...synthetic.manifest, id, files }));
	}
	return synthetic.files.get(folder + path.replace(/^resolve\/main\//, ''));
}

const named = (page: Page, name: string) => page.getByRole('button', { name }).first();

async function look(page: Page) {
	await named(page, 'Look at this device').click();
	await expect(page.getByText(/not advised here/)).toBeVisible({ timeout: 15_000 });
}

/** The page of models, set to the mirror. */
async function atMirror(page: Page, site: Mirror) {
	await page.addInitScript(
		(address) => localStorage.setItem('running-tab.models', address),
		`${site.url}mirror/`
	);
	await open(page, `${site.url}models/`);
	await look(page);
}

async function download(page: Page) {
	await named(page, 'Try anyway (very slow)').click();
	await named(page, 'Download').click();
	await expect(page.getByText(/byte for byte, what was published/)).toBeVisible({
		timeout: 20_000
	});
}

test('looking, and reading what would be fetched, asks no other host and fetches no model', async ({
	page,
	site
}) => {
	const faults = await faultsOf(page);
	await open(page, `${site.url}models/`);
	await look(page);
	await named(page, 'Try anyway (very slow)').click();
	const consent = page.getByRole('region', { name: /^Before .* is fetched$/ });
	await expect(consent).toContainText('huggingface.co');
	await expect(consent).toContainText('Not verified');
	await named(page, 'Not now').click();
	await expect(consent).toBeHidden();
	expect(site.asked).toEqual([]);
	expect(faults).toEqual([]);
});

test('a model arrives from a mirror, is checked, kept over a reload, and deleted', async ({
	page,
	site
}) => {
	test.setTimeout(90_000);
	const faults = await faultsOf(page);
	await atMirror(page, site);
	await download(page);
	expect(new Set(site.asked).size).toBe(synthetic.files.size + 1);
	const asked = site.asked.length;

	await page.reload();
	await expect(page.getByRole('button', { name: /^Delete / })).toBeVisible({ timeout: 15_000 });
	await expect(named(page, 'Load it onto the GPU')).toBeVisible();
	expect(site.asked.length, 'nothing is fetched again').toBe(asked);

	await page.getByRole('button', { name: /^Delete / }).click();
	await expect(page.getByText('Nothing is stored.')).toBeVisible();
	await expect(named(page, 'Try anyway (very slow)')).toBeVisible();
	expect(faults).toEqual([]);
});

test('a model that is none is told in a sentence when it is loaded, and the pocket model writes on', async ({
	page,
	site
}) => {
	test.setTimeout(120_000);
	// what the package says on the console of its own accord
	const faults = await faultsOf(page, /WebGPU|wasm|tvm|GPU|Wasm|powerPreference/i);
	await atMirror(page, site);
	await download(page);
	// web-llm keeps no program whose address has "localhost" in it; everywhere else it is in the store like the rest
	const but = (file: string) => file !== 'manifest.json' && !file.endsWith('.wasm');
	const asked = site.asked.filter(but);
	await named(page, 'Load it onto the GPU').click();
	await expect(
		page.getByRole('status').filter({ hasText: 'could not be started on your GPU' }).first()
	).toBeVisible({ timeout: 60_000 });
	await expect(named(page, 'Load it onto the GPU')).toBeVisible();
	const words = (await page.getByRole('status').allInnerTexts()).join(' ');
	expect(words).not.toMatch(/passed a first try|\[object/);
	await expect(page.getByText('In this visit the pocket model writes.')).toBeVisible();
	expect(site.asked.filter(but), 'web-llm asks for nothing itself').toEqual(asked);

	await page.getByRole('link', { name: 'Lab' }).first().click();
	const { run, hasTokens } = exhibit(page);
	await run.click();
	await hasTokens(3);
	expect(faults).toEqual([]);
});

test('a file that is a web page is recognised as one, and nothing of it is kept', async ({
	page,
	site
}) => {
	test.setTimeout(90_000);
	site.fault = (file, response) => {
		if (!file.endsWith('params_shard_1.bin')) return;
		response
			.writeHead(200, { 'Content-Type': 'text/html' })
			.end('<!doctype html><title>Log in</title>');
		return true;
	};
	await atMirror(page, site);
	await named(page, 'Try anyway (very slow)').click();
	await named(page, 'Download').click();
	await expect(page.getByText(/web page/)).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText('Nothing is stored.')).toBeVisible();
	// once the network is right, only what is missing comes
	site.fault = undefined;
	site.asked.length = 0;
	await download(page);
	expect(site.asked).not.toContain('resolve/main/params_shard_0.bin');
});

test('a download is held, gone on with, and stopped', async ({ page, site }) => {
	test.setTimeout(90_000);
	let release = () => {};
	site.fault = (file, response) => {
		if (!file.endsWith('params_shard_0.bin')) return;
		const body = synthetic.files.get(`${folder}params_shard_0.bin`)!;
		response.writeHead(200, {
			'Content-Type': 'application/octet-stream',
			'Content-Length': body.length
		});
		response.write(body.subarray(0, 200_000));
		release = () => response.end(body.subarray(200_000));
		return true;
	};
	await atMirror(page, site);
	await named(page, 'Try anyway (very slow)').click();
	await named(page, 'Download').click();
	await expect(page.getByRole('progressbar', { name: 'Arrived' })).toBeVisible();
	await expect
		.poll(() => site.asked.some((file) => file.endsWith('params_shard_0.bin')))
		.toBe(true);
	await named(page, 'Hold it').click();
	await expect(page.getByText(/held: nothing arrives/)).toBeVisible();
	await named(page, 'Go on').click();
	await expect(page.getByText(/held: nothing arrives/)).toBeHidden();
	await named(page, 'Stop').click();
	await expect(page.getByText(/^Stopped\. What has arrived is kept/)).toBeVisible();
	release();
});

test('the catalogue reads without JavaScript', async ({ browser, site }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(`${site.url}models/`);
	for (const { name } of wanted) {
		await expect(page.getByRole('heading', { name: new RegExp(name) }).first()).toBeVisible();
	}
	await expect(page.getByRole('button', { name: 'Download' })).toHaveCount(0);
	await context.close();
});
