#!/usr/bin/env node
/**
 * Finds a Chromium for the tests, and installs one when there is none. In this order: $CHROMIUM, a
 * system browser, Playwright's own, Playwright's download, the system's package manager (as root).
 *
 * `node scripts/browser.mjs` prints the path, after installing if it must.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';

const candidates = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium'
];

/** For every test: no sandbox (containers run as root), and no traffic of the browser's own. */
export const launchArguments = [
	'--no-sandbox',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/** A real WebGPU adapter, computed in software. Without these two there is no adapter at all. */
export const gpuArguments = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** Path of a Chromium that is already here, or undefined. */
export function browserPath() {
	const named = process.env.CHROMIUM;
	if (named) return named;
	for (const path of candidates) if (existsSync(path)) return path;
	const own = chromium.executablePath();
	return existsSync(own) ? own : undefined;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
	console.error(`$ ${command} ${args.join(' ')}`);
	return spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout: 300_000 }).status === 0;
}

/** Path of a Chromium, installing one if need be. Throws a plain sentence if it cannot. */
export function ensureBrowser() {
	const found = browserPath();
	if (found) return found;

	run('npx', ['--no-install', 'playwright', 'install', 'chromium']);
	if (browserPath()) return /** @type {string} */ (browserPath());

	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		run('apt-get', ['update', '-qq']);
		run('apt-get', [
			'install',
			'-y',
			'-qq',
			'--no-install-recommends',
			'chromium',
			'fonts-dejavu-core'
		]);
	}
	const path = browserPath();
	if (!path) {
		throw new Error(
			'No Chromium found, and none could be installed. Install one, or set CHROMIUM to its path.'
		);
	}
	return path;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const path = ensureBrowser();
	console.error(execFileSync(path, ['--version'], { encoding: 'utf8' }).trim());
	console.log(path);
}
