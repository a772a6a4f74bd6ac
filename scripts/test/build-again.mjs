#!/usr/bin/env node
/** Builds once more and names the files that came out otherwise: two builds of the same sources are the same bytes. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @returns {Map<string, string>} hash by file */
function hashes() {
	return new Map(
		readdirSync('build', { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name))
			.map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')])
	);
}

const first = hashes();
execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
const second = hashes();
const other = [...new Set([...first.keys(), ...second.keys()])].filter(
	(file) => first.get(file) !== second.get(file)
);
console.log(`${second.size} files, ${other.length} of them other than before`);
if (other.length > 0) {
	console.error(other.join('\n'));
	process.exitCode = 1;
}
