import { readFileSync } from 'node:fs';
import * as webLlm from '@mlc-ai/web-llm';
import { expect, test } from 'vitest';
import type { LlmEngine } from './seam.ts';

const shipped = readFileSync('node_modules/@mlc-ai/web-llm/lib/index.js', 'utf8');

/** The text from a line that holds `from` to the end of that member of a class. */
function member(from: string): string {
	const start = shipped.indexOf(`\n    ${from}`);
	expect(start, from).toBeGreaterThan(0);
	return shipped.slice(start, shipped.indexOf('\n    }\n', start));
}

test('the installed version is the one that was read, pinned', () => {
	const { dependencies = {}, devDependencies = {} } = JSON.parse(
		readFileSync('package.json', 'utf8')
	);
	const wanted = dependencies['@mlc-ai/web-llm'] ?? devDependencies['@mlc-ai/web-llm'];
	expect(wanted).toBe('0.2.86');
});

test('an engine has all that we use of it', () => {
	const engine = new webLlm.MLCEngine() as unknown as LlmEngine;
	for (const name of ['reload', 'interruptGenerate', 'resetChat', 'unload'] as const) {
		expect(engine[name]).toBeTypeOf('function');
	}
	expect(engine.chat.completions.create).toBeTypeOf('function');
	expect(engine.loadedModelIdToPipeline).toBeInstanceOf(Map);
});

test('a prompt is cut into tokens by a method of the pipeline, before any of it is read', () => {
	const prefill = member('forwardPrefill(');
	const cut = prefill.indexOf('yield this.getInputData()');
	expect(cut).toBeGreaterThan(0);
	expect(cut).toBeLessThan(prefill.indexOf('yield this.embedAndForward('));
	expect(member('getInputData()')).toContain('return [ret, numPromptTokens, getEmbedSize]');
	// text by text, by the tokenizer’s own method
	expect(member('getInputData()')).toContain('this.tokenizer.encode(curPrompt)');
	expect(member('resetChat(keepStats = false)')).toContain('resetState()');
	expect(member('stopped()')).toContain('return this.stopTriggered');
});

test('a message is its text where there is no template, and a template is filled by `replace`', () => {
	const prompt = member('getPromptArrayInternal(');
	expect(prompt).toContain('if (this.config.role_templates !== undefined)');
	expect(prompt).toContain('message_str = textContentPart');
	expect(member('getSystemPrompt()')).toContain(
		'system_template.replace(MessagePlaceholders.system, systemMessage)'
	);
});

test('the processor sees the scores before anything changes them, and every token that is taken', () => {
	const sample = member('sampleFromRawLogits(');
	const seen = sample.indexOf('this.logitProcessor.processLogits(');
	expect(seen).toBeGreaterThan(0);
	for (const later of [
		'this.fapplyLogitBias(',
		'this.fapplyPenalty(',
		'this.fsoftmaxWithTemperature('
	]) {
		expect(sample.indexOf(later)).toBeGreaterThan(seen);
	}
	const commit = member('commitSampledToken(');
	expect(commit.indexOf('this.commitSamplerState(')).toBeLessThan(
		commit.indexOf('this.processNextToken(')
	);
	expect(member('commitSamplerState(')).toContain('processSampledToken(sampledToken)');
});

test('an interruption is forgotten when a stream begins, and heard after a token', () => {
	const generate = member('asyncGenerate(');
	expect(generate.indexOf('this.interruptSignal = false')).toBeLessThan(
		generate.indexOf('this.prefill(')
	);
	const stream = member('streamCurrentGeneration(');
	expect(stream.indexOf('if (this.interruptSignal)')).toBeLessThan(stream.indexOf('decodeStep()'));
});

test('a thinking block is never asked to be left out: it would be put into every model’s answer', () => {
	expect(member('forwardPrefill(')).toContain('enable_thinking) === false');
	expect(readFileSync('src/lib/engine/webllm/generation.ts', 'utf8')).not.toContain(
		'enable_thinking'
	);
});

test('the next step reads the last of the tokens that were drawn, as they stand then', () => {
	expect(member('sampleDecodeStep(genConfig_1)')).toContain(
		'const lastToken = this.outputIds[this.outputIds.length - 1];'
	);
});
