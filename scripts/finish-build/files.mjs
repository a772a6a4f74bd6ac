/** @file The files beside the pages: sitemap, robots, and the headers that a host should send. */
import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { absolute } from './site.mjs';

/** @typedef {import('./site.mjs').Site} Site */

const escape = (/** @type {string} */ text) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * Every page but the 404.
 *
 * @param {Site} site
 * @param {string} changed ISO date of the last release: the same for every build of the same sources
 */
export function sitemap(site, changed) {
	const entries = site.pages
		.filter(({ address }) => address.endsWith('/'))
		.map((page) => absolute(site, page))
		.sort()
		.map((url) => `\t<url><loc>${escape(url)}</loc><lastmod>${changed}</lastmod></url>\n`);
	return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('')}</urlset>\n`;
}

/** @param {Site} site */
export function robots(site) {
	return `User-agent: *\nAllow: /\n\nSitemap: ${site.origin}${site.base}/sitemap.xml\n`;
}

/** Where models are fetched from: their first homes, which send on to hosts of their own. */
const modelHosts = [
	'https://huggingface.co',
	'https://*.huggingface.co',
	'https://*.hf.co',
	'https://raw.githubusercontent.com'
];

/**
 * What a worker may reach: the web-llm worker the hosts of models, every other nothing but the site.
 *
 * @param {string} file name of its script
 * @param {readonly string[]} mirrors origins of other places with models
 */
function reachOf(file, mirrors) {
	return file.startsWith('webllm-worker-') ? ["'self'", ...modelHosts, ...mirrors] : ["'self'"];
}

/**
 * Origins named in MODEL_HOSTS.
 *
 * @param {string} [setting] separated by spaces
 * @throws when one of them is no origin: it would be written into a policy
 */
export function mirrorsOf(setting = '') {
	return setting
		.split(/\s+/)
		.filter(Boolean)
		.map((text) => {
			const url = URL.canParse(text) ? new URL(text) : undefined;
			if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, '')) {
				throw new Error(`MODEL_HOSTS: "${text}" is no origin such as https://school.example`);
			}
			return url.origin;
		});
}

/**
 * What a page's own meta element cannot say, and what confines a worker: a worker obeys the policy sent with
 * its own file, not that of the page that starts it. Workers are named one by one, as hosts read patterns
 * differently, and two policies for one file would both hold.
 *
 * @param {string} base
 * @param {readonly string[]} workers scripts that workers begin with, as they lie in `_app/immutable/workers`
 * @param {readonly string[]} mirrors see `mirrorsOf`
 */
export function headers(base, workers = [], mirrors = []) {
	const off = [
		'accelerometer',
		'autoplay',
		'camera',
		'display-capture',
		'encrypted-media',
		'geolocation',
		'gyroscope',
		'magnetometer',
		'microphone',
		'midi',
		'payment',
		'publickey-credentials-get',
		'usb',
		'xr-spatial-tracking'
	];
	return `# Read by Netlify, Cloudflare Pages and scripts/serve.mjs. Each page carries its own policy besides.
${base}/*
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY
  Referrer-Policy: no-referrer
  Permissions-Policy: ${off.map((name) => `${name}=()`).join(', ')}
  Cross-Origin-Opener-Policy: same-origin
  Cross-Origin-Resource-Policy: same-origin
  Strict-Transport-Security: max-age=63072000
  Content-Security-Policy: frame-ancestors 'none'

${base}/_app/immutable/*
  Cache-Control: public, max-age=31536000, immutable

# The weights carry their hash in their name.
${base}/pocket/*
  Cache-Control: public, max-age=31536000, immutable

${workers
	.map(
		(file) => `${base}/_app/immutable/workers/${file}
  Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src ${reachOf(file, mirrors).join(' ')}
`
	)
	.join('\n')}`;
}

/**
 * Brotli and gzip beside each file that the build has not compressed and that gets smaller by it.
 *
 * @param {Site} site
 */
export function compress(site) {
	const kinds = new Set([
		'.html',
		'.js',
		'.css',
		'.json',
		'.svg',
		'.xml',
		'.txt',
		'.bin',
		'.webmanifest'
	]);
	for (const file of site.files) {
		if (!kinds.has(extname(file))) continue;
		const path = join(site.folder, file);
		const body = readFileSync(path);
		if (body.length < 256) continue;
		if (!site.files.has(`${file}.br`)) {
			const small = brotliCompressSync(body, {
				params: {
					[constants.BROTLI_PARAM_QUALITY]: 11,
					[constants.BROTLI_PARAM_SIZE_HINT]: body.length
				}
			});
			if (small.length < body.length) writeFileSync(`${path}.br`, small);
		}
		if (!site.files.has(`${file}.gz`)) {
			const small = gzipSync(body, { level: 9 });
			if (small.length < body.length) writeFileSync(`${path}.gz`, small);
		}
	}
}
