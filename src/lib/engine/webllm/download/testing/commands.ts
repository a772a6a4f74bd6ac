/** @file Lets a test in the browser start the faulty server, which needs Node, and tell it what to do. */
import { createHash } from 'node:crypto';
import type { BrowserCommand } from 'vitest/node';
import { cacheOf, folder, library, syntheticModel } from './model.ts';
import { FaultyServer, type Fault } from './server.ts';

/** A fault of answers for paths with this end, from an offset below `before`, up to a number of times. */
export type Rule = { path: string; before?: number; times?: number; fault: Fault };

export type Served = {
	url: string;
	folder: string;
	library: string;
	bytes: number;
	files: { path: string; cache: string; bytes: number; sha256: string }[];
};

declare module 'vitest/internal/browser' {
	interface BrowserCommands {
		startModelServer(shards: number[]): Promise<Served>;
		faultModelServer(url: string, rules: Rule[]): Promise<void>;
		askedOfModelServer(url: string): Promise<{
			served: number;
			asked: { path: string; offset: number }[];
		}>;
		stopModelServer(url: string): Promise<void>;
	}
}

const servers = new Map<string, FaultyServer>();

function serverAt(url: string): FaultyServer {
	const server = servers.get(url);
	if (!server) throw new Error(`No server at ${url}`);
	return server;
}

const startModelServer: BrowserCommand<[shards: number[]]> = async (_, shards): Promise<Served> => {
	const { files, bytes } = syntheticModel(shards);
	const server = await new FaultyServer(files).start();
	servers.set(server.url, server);
	return {
		url: server.url,
		folder: server.url + folder,
		library: server.url + library,
		bytes,
		files: [...files].map(([path, file]) => ({
			path,
			cache: cacheOf(path),
			bytes: file.length,
			sha256: createHash('sha256').update(file).digest('hex')
		}))
	};
};

const faultModelServer: BrowserCommand<[url: string, rules: Rule[]]> = (_, url, rules) => {
	const left = rules.map((rule) => ({ ...rule, times: rule.times ?? Infinity }));
	serverAt(url).fault = ({ path, offset }) => {
		const rule = left.find(
			(one) => path.endsWith(one.path) && one.times > 0 && offset < (one.before ?? Infinity)
		);
		if (!rule) return undefined;
		rule.times--;
		const { cutAfter } = rule.fault;
		// where a connection is cut is a place in the file, however much of it is asked for
		return { ...rule.fault, ...(cutAfter === undefined ? {} : { cutAfter: cutAfter - offset }) };
	};
};

const askedOfModelServer: BrowserCommand<[url: string]> = (_, url) => {
	const { served, asked } = serverAt(url);
	return { served, asked };
};

const stopModelServer: BrowserCommand<[url: string]> = async (_, url) => {
	await serverAt(url).stop();
	servers.delete(url);
};

export const modelServerCommands = {
	startModelServer,
	faultModelServer,
	askedOfModelServer,
	stopModelServer
};
