#!/usr/bin/env node
/**
 * Serves `build/` as a static host would: folders, `404.html`, `_headers`, precompressed files.
 * `node scripts/serve.mjs`, or `serve({ folder, port })` from a test. PORT, HOST and BASE_PATH are read.
 */
import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { headersFor, parseHeaders } from './serve/headers.mjs';
import { chooseEncoding, matchesTag, parseRange } from './serve/negotiate.mjs';

/** @type {Record<string, string>} */
const contentTypes = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.webmanifest': 'application/manifest+json; charset=utf-8',
	'.xml': 'application/xml; charset=utf-8',
	'.txt': 'text/plain; charset=utf-8',
	'.svg': 'image/svg+xml; charset=utf-8',
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
	'.webp': 'image/webp',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
	'.wasm': 'application/wasm',
	'.pdf': 'application/pdf'
};

const suffixes = { br: '.br', gzip: '.gz' };

/**
 * @typedef {object} Options
 * @property {string} folder what to serve
 * @property {number} [port] 0 picks a free one
 * @property {string} [host] default: this machine only, by IPv4 and IPv6
 * @property {string} [base] '' or '/prefix': where on the host the folder stands
 * @property {Fault} [fault] asked before every answer
 *
 * @callback Fault
 * Answers in the server's place and returns true, or returns nothing to let it answer.
 * @param {string} path decoded, below the base, beginning with '/'
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @returns {boolean | void | Promise<boolean | void>}
 */

/**
 * Starts serving. Rejects with the listener's own error (`EADDRINUSE` when the port is busy).
 *
 * @param {Options} options
 * @returns {Promise<{ port: number, url: string, close: () => Promise<void> }>}
 */
export async function serve({ folder, port = 0, host, base = '', fault }) {
	const root = await realpath(resolve(folder));
	const rules = parseHeaders(await readFile(join(root, '_headers'), 'utf8').catch(() => ''));
	/** @type {Map<string, string>} */
	const tags = new Map();

	/** @param {string} path */
	async function find(path) {
		const segments = path.split('/');
		if (segments.some((part) => part === '..' || part.startsWith('.') || part.includes('\\')))
			return;
		if (path === '/_headers' || path === '/_redirects') return;
		const wanted = join(root, ...segments);
		const file = await realpath(wanted).catch(() => undefined);
		if (!file || (file !== root && !file.startsWith(root + sep))) return;
		const info = await stat(file);
		// A file is not a folder, whatever slash follows it.
		if (info.isFile() && !path.endsWith('/')) return { file, folder: false };
		if (!info.isDirectory()) return;
		const index = join(file, 'index.html');
		return (await isFile(index)) ? { file: index, folder: true } : undefined;
	}

	/**
	 * @param {string} file
	 * @param {Buffer} body
	 */
	async function tagOf(file, body) {
		const { mtimeMs, size } = await stat(file);
		const key = `${file} ${mtimeMs} ${size}`;
		const known = tags.get(key);
		if (known) return known;
		const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
		tags.set(key, tag);
		return tag;
	}

	/**
	 * @param {import('node:http').IncomingMessage} request
	 * @param {import('node:http').ServerResponse} response
	 * @param {{ file: string, status: number, address: string, path: string }} what
	 */
	async function send(request, response, { file, status, address, path }) {
		/** @type {('br' | 'gzip')[]} */
		const ready = [];
		for (const name of /** @type {const} */ (['br', 'gzip'])) {
			if (await isFile(file + suffixes[name])) ready.push(name);
		}
		const rangeHeader = status === 200 ? request.headers.range : undefined;
		const encoding = rangeHeader
			? undefined
			: chooseEncoding(request.headers['accept-encoding'], ready);
		const chosen = encoding ? file + suffixes[encoding] : file;
		const body = await readFile(chosen);
		const tag = await tagOf(chosen, body);

		response.setHeader('Content-Type', contentTypes[extname(file)] ?? 'application/octet-stream');
		response.setHeader(
			'Cache-Control',
			status === 200 && path.startsWith('/_app/immutable/')
				? 'public, max-age=31536000, immutable'
				: 'no-cache'
		);
		if (ready.length > 0) response.setHeader('Vary', 'Accept-Encoding');
		for (const [name, value] of headersFor(rules, address)) response.setHeader(name, value);

		if (status === 200) {
			response.setHeader('ETag', tag);
			response.setHeader('Accept-Ranges', 'bytes');
			if (matchesTag(request.headers['if-none-match'], tag)) {
				response.removeHeader('Content-Type');
				response.writeHead(304).end();
				return;
			}
		}
		if (encoding) response.setHeader('Content-Encoding', encoding);

		const ifRange = request.headers['if-range'];
		const range =
			rangeHeader && (!ifRange || ifRange === tag)
				? parseRange(rangeHeader, body.length)
				: undefined;
		if (range === 'unsatisfiable') {
			response.setHeader('Content-Range', `bytes */${body.length}`);
			response.writeHead(416, { 'Content-Length': 0 }).end();
			return;
		}
		const part = range ? body.subarray(range.start, range.end + 1) : body;
		if (range) {
			response.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${body.length}`);
		}
		response.writeHead(range ? 206 : status, { 'Content-Length': part.length });
		response.end(request.method === 'HEAD' ? undefined : part);
	}

	/**
	 * @param {import('node:http').IncomingMessage} request
	 * @param {import('node:http').ServerResponse} response
	 */
	async function answer(request, response) {
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			plain(response, 405, 'Only GET and HEAD are answered here.', { Allow: 'GET, HEAD' });
			return;
		}
		const [rawPath = '/', query] = (request.url ?? '/').split(/\?(.*)/s);
		let decoded;
		try {
			decoded = decodeURIComponent(rawPath);
		} catch {
			decoded = '\0';
		}
		if (!decoded.startsWith('/') || decoded.includes('\0')) {
			plain(response, 400, 'That is not an address.');
			return;
		}
		// Several slashes are one: a redirect to '//name/' would leave this host.
		const address = decoded.replace(/\/{2,}/g, '/');
		if (base && address === '/') {
			response.writeHead(307, { Location: `${base}/`, 'Content-Length': 0 }).end();
			return;
		}
		const inside = !base || address === base || address.startsWith(`${base}/`);
		const path = inside ? address.slice(base.length) || '/' : undefined;

		if (path && (await fault?.(path, request, response))) return;

		const found = path === undefined ? undefined : await find(path);
		if (found?.folder && !address.endsWith('/')) {
			const location = encodeURI(`${address}/`) + (query === undefined ? '' : `?${query}`);
			response.writeHead(308, { Location: location, 'Content-Length': 0 }).end();
			return;
		}
		if (found && path !== undefined) {
			await send(request, response, { file: found.file, status: 200, address, path });
			return;
		}
		const missing = join(root, '404.html');
		if (await isFile(missing)) {
			await send(request, response, { file: missing, status: 404, address, path: path ?? address });
		} else {
			plain(response, 404, 'There is no such page.');
		}
	}

	/** @type {import('node:http').RequestListener} */
	const listener = (request, response) => {
		answer(request, response).catch((error) => {
			console.error(error);
			if (response.headersSent) response.destroy();
			else plain(response, 500, 'This page could not be read.');
		});
	};

	const servers = [await listen(listener, host ?? '127.0.0.1', port)];
	const actual = /** @type {import('node:net').AddressInfo} */ (servers[0].address()).port;
	if (!host) {
		// Some systems have no IPv6: browsers then use the first one.
		const second = await listen(listener, '::1', actual).catch((error) => {
			if (error.code === 'EADDRINUSE') throw error;
		});
		if (second) servers.push(second);
	}

	return {
		port: actual,
		url: `http://${host && host !== '0.0.0.0' && host !== '::' ? host : 'localhost'}:${actual}${base}/`,
		close: async () => {
			await Promise.all(
				servers.map(
					(server) =>
						new Promise((done) => {
							server.close(done);
							server.closeAllConnections();
						})
				)
			);
		}
	};
}

/**
 * @param {import('node:http').RequestListener} listener
 * @param {string} host
 * @param {number} port
 * @returns {Promise<import('node:http').Server>}
 */
function listen(listener, host, port) {
	const server = createServer(listener);
	return new Promise((done, failed) => {
		server.once('error', failed);
		server.listen(port, host, () => done(server));
	});
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} sentence
 * @param {Record<string, string>} [headers]
 */
function plain(response, status, sentence, headers = {}) {
	response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers });
	response.end(`${sentence}\n`);
}

/** @param {string} path */
async function isFile(path) {
	return stat(path).then(
		(info) => info.isFile(),
		() => false
	);
}

async function main() {
	const folder =
		process.env.RUNNING_TAB_BUILD ??
		join(dirname(dirname(fileURLToPath(import.meta.url))), 'build');
	const port = Number(process.env.PORT ?? 4173);
	if (!Number.isInteger(port) || port < 0 || port > 65535) {
		fail(`PORT must be a number from 0 to 65535, not "${process.env.PORT}".`);
	}
	if (!(await isFile(join(folder, 'index.html')))) {
		fail('There is no build/ to serve yet: run "npm run build" first.');
	}
	const base = process.env.BASE_PATH ?? '';
	const host = process.env.HOST ? { host: process.env.HOST } : {};
	const server = await serve({ folder, port, base, ...host }).catch((error) => {
		if (error.code !== 'EADDRINUSE')
			return fail(`Port ${port} cannot be opened: ${error.message}.`);
		return fail(
			`Port ${port} is in use: stop what uses it, or name another, as in PORT=${port + 1} npm start.`
		);
	});
	console.log(`Running Tab is at ${server.url} (Ctrl+C stops it).`);
	for (const signal of ['SIGTERM', 'SIGINT']) {
		process.once(signal, () => server.close().then(() => process.exit(0)));
	}
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
	console.error(sentence);
	process.exit(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
