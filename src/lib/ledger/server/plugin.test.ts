import { describe, expect, test } from 'vitest';
import { bareNumbers } from './bare-numbers.ts';
import { cite } from './cite.ts';
import { check, moduleOf } from './plugin.ts';
import { readLedger } from './read.ts';

const ledger = readLedger(process.cwd());
const said = (source: string, file = 'content/lessons/01-x.md') =>
	check(source, file, ledger).faults.map(
		({ file, line, message }) => `${file}:${line}: ${message}`
	);

describe('<Num>', () => {
	test('is given its entry, and the module of that entry alone', () => {
		const { code, citations } = cite('<p>It cost <Num id="gpt4-cost-estimates" />.</p>\n', false);
		expect(citations).toEqual([{ id: 'gpt4-cost-estimates', line: 1 }]);
		expect(code).toContain('<Num figure={ledger_0_} id="gpt4-cost-estimates" />');
		expect(code.match(/virtual:ledger\/[^']*/g)).toEqual([
			'virtual:ledger/figure/gpt4-cost-estimates'
		]);
	});

	test('leaves every line where it was', () => {
		const source =
			'<script lang="ts">\n\timport Num from "#lib/ledger/Num.svelte";\n</script>\n\n<Num id="rule-2n" />\n<Num\n\tas="low"\n\tid="rule-6nd"\n>six</Num>\n';
		const { code, citations } = cite(source, false);
		expect(code.split('\n').length).toBe(source.split('\n').length);
		expect(citations).toEqual([
			{ id: 'rule-2n', line: 5 },
			{ id: 'rule-6nd', line: 6 }
		]);
	});

	test('cited twice is imported once', () => {
		const { code } = cite('<Num id="rule-2n" /><Num id="rule-2n" as="low" />', false);
		expect(code.match(/import /g)).toHaveLength(1);
	});

	test('goes into the instance script, not the module one', () => {
		const { code } = cite(
			'<script module>let a;</script>\n<script>let b;</script>\n<Num id="rule-2n" />',
			false
		);
		expect(code).toMatch(/<script module>let a;<\/script>\n<script> import ledger_0_/);
	});

	test('brings its component along in Markdown', () => {
		expect(cite('It is <Num id="rule-2n" />.\n', true).code).toContain(
			"import Num from '#lib/ledger/Num.svelte'"
		);
		const own =
			'<script>\nimport Num from \'#lib/ledger/Num.svelte\';\n</script>\n\n<Num id="rule-2n" />\n';
		expect(cite(own, true).code.match(/import Num /g)).toHaveLength(1);
	});

	test.each([
		['a comment', '<!-- <Num id="nothing" /> -->', false],
		['a script', '<script>\n// <Num id="nothing" />\n</script>', false],
		['a code fence', '```svelte\n<Num id="nothing" />\n```\n', true],
		['inline code', 'Write `<Num id="nothing" />` there.', true]
	])('in %s is only text', (_, source, markdown) => {
		expect(cite(source, markdown).citations).toEqual([]);
	});

	test('with an id the ledger does not have fails with the file and line that cites it', () => {
		expect(said('# A\n\nIt is <Num id="gpt-9-cost" />.\n')).toEqual([
			'content/lessons/01-x.md:3: the ledger has no entry "gpt-9-cost"'
		]);
		expect(said('\n\n<Num id="constructor" />', 'src/routes/+page.svelte')).toEqual([
			'src/routes/+page.svelte:3: the ledger has no entry "constructor"'
		]);
	});

	test('without an id that is written out fails', () => {
		expect(said('\n<Num id={key} />', 'src/routes/+page.svelte')).toEqual([
			'src/routes/+page.svelte:2: <Num> needs an id="…" that is written out'
		]);
		expect(said('<Num />', 'src/routes/+page.svelte')).toHaveLength(1);
		expect(said('<Num figure={entry} />', 'src/routes/+page.svelte')).toEqual([]);
	});

	test('an entry imported by hand must exist too', () => {
		expect(said("\nimport x from 'virtual:ledger/figure/gone';\n", 'src/lib/a.ts')).toEqual([
			'src/lib/a.ts:2: the ledger has no entry "gone"'
		]);
	});
});

describe('the ledger as modules', () => {
	test('one entry a module, and nothing beside it', () => {
		const code = moduleOf('figure/rule-2n', ledger)!;
		const { note: _, ...entry } = ledger.figures.get('rule-2n')!;
		expect(JSON.parse(code.slice('export default '.length).trim().replace(/;$/, ''))).toEqual(
			entry
		);
		for (const id of ledger.figures.keys())
			if (id !== 'rule-2n') expect(code).not.toContain(`"${id}"`);
	});

	test('one training run a module, without what only its page shows', () => {
		const run = ledger.runs.find(({ model }) => model === 'GPT-3 175B')!;
		const code = moduleOf('run/gpt-3-175b', ledger)!;
		const { note: _, co2: __, ...rest } = run;
		expect(JSON.parse(code.slice('export default '.length).trim().replace(/;$/, ''))).toEqual(rest);
		for (const gone of ['run/', 'run/gone', 'run/GPT-3 175B', 'run/__proto__'])
			expect(moduleOf(gone, ledger)).toBeUndefined();
	});

	test('a note that no card shows is not carried', () => {
		const all = [...ledger.figures.values()].filter(({ note }) => note);
		const shown = all.find(({ check }) => check === 'derived')!;
		const unseen = all.find(({ check, kind }) => check === 'primary' && kind !== 'assumption')!;
		expect(moduleOf(`figure/${shown.id}`, ledger)).toContain('"note":');
		expect(moduleOf(`figure/${unseen.id}`, ledger)).not.toContain('"note":');
	});

	test.each(['figure/gone', 'figure/__proto__', 'figure/', 'prices', ''])(
		'there is no %j',
		(name) => {
			expect(moduleOf(name, ledger)).toBeUndefined();
		}
	);

	test('text from a file cannot end the script it stands in', () => {
		const figure = { ...ledger.figures.get('rule-2n')!, statement: '</script><script>\u2028' };
		const code = moduleOf('figure/x', { ...ledger, figures: new Map([['x', figure]]) })!;
		expect(code).not.toContain('</script');
		expect(code).not.toContain('\u2028');
	});
});

describe('a bare number in a lesson', () => {
	test.each([
		'It cost 78 million dollars.',
		'Some $5 a month.',
		'A third of 1,000 people.',
		'About 4.5 cents.',
		'It took 2000 tokens.',
		'Some ½ of it.',
		'**12** of them',
		'| a | 30 |',
		'> 45 of them',
		'In 2000 tokens there is room.',
		'Llama 3.1 405B took 31 million hours.',
		'x <b>7</b> y',
		'- 9 lives',
		'1. 8 lives'
	])('%s', (line) => {
		expect(bareNumbers(`---\ntitle: 5\n---\n\n${line}\n`, ['Llama'])).toMatchObject([{ line: 5 }]);
	});

	test.each([
		'It cost <Num id="gpt4-cost-estimates" />.',
		'It cost <Num id="gpt4-cost-estimates">37 to 82 million</Num>.',
		'There are {12} of them.',
		'{#if guess > 3}yes{/if}',
		'In March 2023, on 14 March 2023, since 2019, by late 2026, on 2024-05-13.',
		'From 2019 to 2021, the 2023 price.',
		'GPT-4, GPT-3.5 and H100 are names; so are Llama 3.1 405B and Claude 3 Opus.',
		'See lesson 3 and lessons 4, 5 and 6.',
		'## 3 things',
		'7. the seventh',
		'`23 in`',
		'```\n23 in\n```',
		'<Aside width="30">two</Aside>',
		'<script>\nconst a = 1;\n</script>',
		'<!-- 12 -->',
		'[a paper](https://arxiv.org/abs/2001.08361)',
		'[paper]: https://arxiv.org/abs/2001.08361',
		'https://arxiv.org/abs/2001.08361',
		'It is &#8212; a dash.'
	])('is not: %s', (line) => {
		expect(bareNumbers(`${line}\n`, ['Llama', 'Claude'])).toEqual([]);
	});

	test('is told with its line and the way out', () => {
		expect(said('# A\n\nfine\n\nAbout 280 times.\n')).toEqual([
			'content/lessons/01-x.md:5: bare number 280: cite the ledger with <Num id="…" />, or write {280} if it is mere counting'
		]);
	});

	test('matters in lessons only', () => {
		expect(said('About 280 times.\n', 'src/routes/+page.svelte')).toEqual([]);
	});

	test('names of models on record are known', () => {
		expect(said('Llama 3.1 405B, Claude 3 Opus, DeepSeek-V3 and Gemini 3.8 Flash.\n')).toEqual([]);
	});
});
