/**
 * @file 404.html with its text in it. Kit's own fallback is an empty shell that asks the host which route an address
 * belongs to; for an address that is not there the host has no answer, and the page stays empty. So the error
 * page is rendered here, by the server that Kit builds to prerender the others.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @param {string} output Kit's `.svelte-kit/output/server`
 * @param {string} origin
 * @param {string} base
 */
export async function renderNotFound(output, origin, base) {
	const load = (/** @type {string} */ file) => import(pathToFileURL(join(output, file)).href);
	const [{ Server }, { manifest }] = await Promise.all([
		load('index.js'),
		load('manifest-full.js')
	]);
	const server = new Server(manifest);
	await server.init({ env: {} });
	// Kit would report that the page is missing, which is the point.
	const report = console.error;
	console.error = () => {};
	/** @type {Response} */
	const response = await server.respond(new Request(`${origin}${base}/404.html`), {
		getClientAddress: () => '127.0.0.1',
		// As for the other pages: the policy goes into the page, with the hash of its script.
		prerendering: { dependencies: new Map() }
	});
	console.error = report;
	if (response.status !== 404)
		throw new Error(`The error page came with status ${response.status}.`);
	return fromAnywhere(await response.text(), base);
}

/**
 * The page is sent for any missing address, so nothing in it may be relative to one.
 *
 * @param {string} html a page at the root of the site, by relative addresses
 * @param {string} base
 */
export function fromAnywhere(html, base) {
	const script =
		/<script>(?:(?!<\/script>)[\s\S])*kit\.start[\s\S]*?<\/script>/.exec(html)?.[0] ?? '';
	const before = script.slice('<script>'.length, -'</script>'.length);
	const after = before
		.replace(/new URL\(["']\.["'], location\)\.pathname\.slice\(0, -1\)/, JSON.stringify(base))
		.replaceAll('import("./', `import("${base}/`);
	if (!html.includes(hashOf(before)) || after.includes('location') || after.includes('"./')) {
		throw new Error('404.html: the start script is not what was expected of this version of Kit.');
	}
	return html
		.replace(before, () => after)
		.replaceAll(hashOf(before), hashOf(after))
		.replace(/ (href|src)="\.\//g, ` $1="${base}/`);
}

/** @param {string} code */
function hashOf(code) {
	return `sha256-${createHash('sha256').update(code).digest('base64')}`;
}
