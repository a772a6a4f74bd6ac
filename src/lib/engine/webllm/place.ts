/** @file Where a model's files are fetched from: their first home, or a mirror, such as a folder of a school's own server. */
import type { Model } from './model.ts';
import { address } from './sentences.ts';

/** A mirror's base is checked and absolute, and ends in a slash: `mirrorAt` makes it. */
export type Source = { readonly at: 'home' } | { readonly at: 'mirror'; readonly base: string };

/** `folder` ends in a slash; files are at `folder` + path. `library` is absolute. */
export type Place = { readonly folder: string; readonly library: string };

/** An address that cannot be used. Its message is a sentence for readers. */
export class WrongAddress extends Error {}

/**
 * On a mirror every model has a folder of its own, as `npm run models` writes it: the library and `manifest.json` in it, and the
 * rest in `resolve/main/`, which web-llm insists on.
 */
export function placeOf(model: Pick<Model, 'id' | 'home' | 'library'>, source: Source): Place {
	if (source.at === 'home') return { folder: model.home, library: model.library };
	const folder = folderOf(model, source);
	return { folder: `${folder}resolve/main/`, library: folder + libraryName(model) };
}

/** Where a mirror keeps its list of a model's files. The first homes have none. */
export function manifestAt(model: Pick<Model, 'id'>, source: Source): string | undefined {
	return source.at === 'mirror' ? `${folderOf(model, source)}manifest.json` : undefined;
}

function folderOf({ id }: Pick<Model, 'id'>, { base }: { base: string }): string {
	return `${base}${encodeURIComponent(id)}/`;
}

/**
 * The file name of a library on a mirror: `v0_2_86-SmolLM2-….wasm`. It holds the version, which at home is a folder's name,
 * because a browser keeps a library by its address for ever.
 */
export function libraryName({ library }: Pick<Model, 'library'>): string {
	const parts = new URL(library).pathname.split('/');
	const version = parts.find((part) => /^v\d+(_\d+)+$/.test(part));
	return [version, parts.at(-1)].filter(Boolean).join('-');
}

/** The host that files come from, for people. */
export function hostOf({ folder }: Place): string {
	return new URL(folder).host;
}

/**
 * What a reader or a setting of the build names as a mirror.
 * @param page the page's address; relative mirrors are resolved against it
 * @throws {WrongAddress}
 */
export function mirrorAt(text: string, page: string): Source & { at: 'mirror' } {
	const typed = text.trim();
	if (!typed) throw new WrongAddress(address.empty());

	const here = new URL(page);
	const whole = /^[a-z][a-z\d+.-]*:/i.test(typed);
	if (!whole && !isWeb(here)) throw new WrongAddress(address.noPage());
	if (!URL.canParse(typed, page)) throw new WrongAddress(address.unreadable());

	const url = new URL(typed, page);
	if (!isWeb(url)) throw new WrongAddress(address.scheme(url.protocol));
	if (url.username || url.password) throw new WrongAddress(address.credentials());
	if (url.href.includes('?') || url.href.includes('#')) throw new WrongAddress(address.more());
	if (url.protocol === 'http:') {
		if (!isNear(url.hostname)) throw new WrongAddress(address.plainHttp(url.host));
		if (here.protocol === 'https:' && !isThisDevice(url.hostname)) {
			throw new WrongAddress(address.mixed(url.host));
		}
	}
	return { at: 'mirror', base: url.href.endsWith('/') ? url.href : `${url.href}/` };
}

const isWeb = ({ protocol }: URL) => protocol === 'https:' || protocol === 'http:';

/** URLs write IPv4 as four plain numbers and IPv6 in its short form, however they were typed. */
function isThisDevice(host: string): boolean {
	return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(host);
}

/** This device or one of its own network: private addresses, names without a dot, and names of home networks. */
function isNear(host: string): boolean {
	return (
		isThisDevice(host) ||
		/^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|169\.254(\.\d+){2})$/.test(
			host
		) ||
		/^\[(f[cd][\da-f]{2}|fe[89ab][\da-f]):/.test(host) ||
		/^[^.:[\]]+$/.test(host) ||
		/^[^:[\]]+\.(local|lan|home\.arpa|internal)$/.test(host)
	);
}
