/**
 * @file `npm run bench [-- part …]`: measurements side by side, medians of five, printed as Markdown and kept in
 * bench/results/. Speed depends on the machine and the moment: nothing here fails.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { firstToken } from './first-token.ts';
import { lighthouseScores } from './lighthouse.ts';
import { table, type Line } from './line.ts';
import { memory } from './memory.ts';
import { stream } from './stream.ts';
import { train } from './train.ts';
import { tokens } from './tokens.ts';
import { withUi } from './with-ui.ts';
import { training } from './training.ts';
import { trainingOnGpu } from './training-gpu.ts';

const parts: Record<string, () => Promise<Line[]>> = {
	tokens,
	training,
	'training-gpu': trainingOnGpu,
	'first-token': firstToken,
	stream,
	train,
	memory,
	'with-ui': withUi,
	lighthouse: lighthouseScores
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !parts[name]);
if (unknown.length > 0) {
	console.error(`There is no part "${unknown[0]}"; there are: ${Object.keys(parts).join(', ')}.`);
	process.exit(2);
}

const lines: Line[] = [];
for (const [name, measure] of Object.entries(parts)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	console.error(`${name} …`);
	try {
		lines.push(...(await measure()));
	} catch (error) {
		console.error(`${name}: ${error instanceof Error ? error.stack : error}`);
		process.exitCode = 1;
	}
}

const machine = `${os.cpus()[0].model}, ${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)}, Node ${process.versions.node}`;
const text = `${machine}\n\n${table(lines)}\n`;
console.log(text);
mkdirSync('bench/results', { recursive: true });
const name = `bench/results/${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`;
writeFileSync(`${name}.md`, text);
writeFileSync(`${name}.json`, JSON.stringify({ machine, lines }, null, '\t') + '\n');
process.exit();
