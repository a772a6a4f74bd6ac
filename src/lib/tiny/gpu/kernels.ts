/**
 * The operations of training as kernels for the GPU, each doing what `tape.ts`, `attention.ts` and
 * `adam.ts` do on the processor, for all sequences of a pass at once.
 *
 * A pass reads `sequences` of `length` positions, one after the other: rows = sequences · length.
 * Matrices lie row by row. No two invocations write the same number, so the same device repeats
 * its results; other devices round otherwise.
 */

import { each, rows } from './kernel.ts';

/** x[row] = row tokens[row] of the table. [rows × width] from [vocabulary × width] */
export const embed = each(
	{ indices: ['tokens'], reads: ['table'], writes: ['x'], sizes: ['width'] },
	/* wgsl */ `
	x[i] = table[tokens[i / n.width] * n.width + i % n.width];`
);

/**
 * gradient += dx of all rows that have this token. [vocabulary × width] from [rows × width]
 *
 * `order` lists the rows token by token: those of token t from starts[t] up to starts[t + 1].
 */
export const embedBackward = each(
	{ indices: ['order', 'starts'], reads: ['dx'], writes: ['gradient'], sizes: ['width'] },
	/* wgsl */ `
	let token = i / n.width;
	var sum = 0.0;
	for (var at = starts[token]; at < starts[token + 1]; at++) {
		sum += dx[order[at] * n.width + i % n.width];
	}
	gradient[i] += sum;`
);

/** gradient[offset + i] += what each sequence adds to it. From [sequences × count] */
export const addParts = each(
	{ reads: ['parts'], writes: ['gradient'], sizes: ['sequences', 'offset'] },
	/* wgsl */ `
	var sum = 0.0;
	for (var part = 0u; part < n.sequences; part++) { sum += parts[part * n.count + i]; }
	gradient[n.offset + i] += sum;`
);

/** y = x / √(mean of x²), row by row; scales keeps 1 / √(mean of x²). [rows × width] */
export const normalise = rows(
	{ reads: ['x'], writes: ['y', 'scales'], sizes: ['width'] },
	/* wgsl */ `
	let start = row * n.width;
	var squares = 0.0;
	for (var i = start + lane; i < start + n.width; i += 64) { squares += x[i] * x[i]; }
	let scale = 1 / sqrt(total(lane, squares) / f32(n.width) + 1e-6);
	if (lane == 0) { scales[row] = scale; }
	for (var i = start + lane; i < start + n.width; i += 64) { y[i] = x[i] * scale; }`
);

/** dx += (dy − y · mean(y·dy)) · scale, or without `adding` dx = that. [rows × width] */
export const normaliseBackward = rows(
	{ reads: ['y', 'dy', 'scales'], writes: ['dx'], sizes: ['width', 'adding'] },
	/* wgsl */ `
	let start = row * n.width;
	var product = 0.0;
	for (var i = start + lane; i < start + n.width; i += 64) { product += y[i] * dy[i]; }
	let mean = total(lane, product) / f32(n.width);
	for (var i = start + lane; i < start + n.width; i += 64) {
		let change = (dy[i] - y[i] * mean) * scales[row];
		if (n.adding == 1) { dx[i] += change; } else { dx[i] = change; }
	}`
);

/** y = x with the first half of each row from the position before. [rows × width] */
export const shift = each(
	{ reads: ['x'], writes: ['y'], sizes: ['width', 'length'] },
	/* wgsl */ `
	var source = i;
	var seen = true;
	if (i % n.width < n.width / 2) {
		seen = i / n.width % n.length > 0;
		if (seen) { source = i - n.width; }
	}
	y[i] = select(0.0, x[source], seen);`
);

/** dx += dy, the first half of each row from the position after. [rows × width] */
export const shiftBackward = each(
	{ reads: ['dy'], writes: ['dx'], sizes: ['width', 'length'] },
	/* wgsl */ `
	if (i % n.width >= n.width / 2) {
		dx[i] += dy[i];
	} else if (i / n.width % n.length + 1 < n.length) {
		dx[i] += dy[i + n.width];
	}`
);

/**
 * Turns each pair (x[j], x[j + half]) of each head by the angle of its position, or with
 * `direction` −1 back. `half` is half a head; one i for each pair. [rows × heads · 2 half]
 */
export const rotate = each(
	{
		reads: ['cosines', 'sines'],
		writes: ['x'],
		sizes: ['half', 'heads', 'length'],
		factors: ['direction']
	},
	/* wgsl */ `
	let head = i / n.half; // of all rows
	let j = i % n.half;
	let angle = head / n.heads % n.length * n.half + j;
	let cosine = cosines[angle];
	let sine = n.direction * sines[angle];
	let at = head * 2 * n.half + j;
	let a = x[at];
	let b = x[at + n.half];
	x[at] = a * cosine - b * sine;
	x[at + n.half] = a * sine + b * cosine;`
);

/**
 * Scores become probabilities: the softmax of `scale` · score over the positions up to its own,
 * zero for later ones. A row for each head and position. [sequences · heads · length × length]
 */
export const causalSoftmax = rows(
	{ writes: ['scores'], sizes: ['length'], factors: ['scale'] },
	/* wgsl */ `
	let start = row * n.length;
	let end = start + row % n.length + 1;
	var most = -3.4e38;
	for (var i = start + lane; i < end; i += 64) { most = max(most, scores[i]); }
	most = largest(lane, most);
	var sum = 0.0;
	for (var i = start + lane; i < end; i += 64) {
		scores[i] = exp((scores[i] - most) * n.scale);
		sum += scores[i];
	}
	let share = 1 / total(lane, sum);
	for (var i = start + lane; i < start + n.length; i += 64) {
		if (i < end) { scores[i] *= share; } else { scores[i] = 0; }
	}`
);

/** gradient = P ∘ (gradient − rowsum(P ∘ gradient)) · scale, shaped as `causalSoftmax`. */
export const softmaxBackward = rows(
	{ reads: ['probabilities'], writes: ['gradient'], sizes: ['length'], factors: ['scale'] },
	/* wgsl */ `
	let start = row * n.length;
	var product = 0.0;
	for (var i = start + lane; i < start + n.length; i += 64) {
		product += probabilities[i] * gradient[i];
	}
	let sum = total(lane, product);
	for (var i = start + lane; i < start + n.length; i += 64) {
		gradient[i] = probabilities[i] * (gradient[i] - sum) * n.scale;
	}`
);

/** y = max(0, x)² */
export const squaredReLU = each(
	{ reads: ['x'], writes: ['y'], sizes: [] },
	/* wgsl */ `
	let positive = max(x[i], 0);
	y[i] = positive * positive;`
);

/** gradient · 2 max(0, x), in its place. */
export const squaredReLUBackward = each(
	{ reads: ['x'], writes: ['gradient'], sizes: [] },
	/* wgsl */ `
	gradient[i] *= 2 * max(x[i], 0);`
);

/**
 * losses[row] = −log(probability of the target), in nats; the logits become the gradient of their
 * sum: softmax(logits) − onehot(target). A target that is no token fills up a short sequence: its
 * loss and gradient are zero. [rows] and [rows × vocabulary]
 */
export const crossEntropy = rows(
	{ indices: ['targets'], writes: ['logits', 'losses'], sizes: ['vocabulary'] },
	/* wgsl */ `
	let start = row * n.vocabulary;
	let end = start + n.vocabulary;
	let counts = targets[row] < n.vocabulary;
	var most = -3.4e38;
	for (var i = start + lane; i < end; i += 64) { most = max(most, logits[i]); }
	most = largest(lane, most);
	var sum = 0.0;
	for (var i = start + lane; i < end; i += 64) { sum += exp(logits[i] - most); }
	sum = total(lane, sum);
	for (var i = start + lane; i < end; i += 64) {
		var gradient = exp(logits[i] - most) / sum;
		if (i - start == targets[row]) {
			losses[row] = log(sum) + most - logits[i];
			gradient -= 1;
		}
		logits[i] = select(0.0, gradient, counts);
	}
	if (lane == 0 && !counts) { losses[row] = 0; }`
);

/** into[at] += the sum of `count` numbers; one row. */
export const sum = rows(
	{ reads: ['x'], writes: ['into'], sizes: ['count', 'at'] },
	/* wgsl */ `
	var mine = 0.0;
	for (var i = lane; i < n.count; i += 64) { mine += x[i]; }
	let all = total(lane, mine);
	if (lane == 0) { into[n.at] += all; }`
);

/** parts[row] = the sum of the squares of every so-manieth 64 of `count` numbers. */
export const sumOfSquares = rows(
	{ reads: ['x'], writes: ['parts'], sizes: ['count'] },
	/* wgsl */ `
	var mine = 0.0;
	for (var i = row * 64 + lane; i < n.count; i += n.rows * 64) { mine += x[i] * x[i]; }
	let all = total(lane, mine);
	if (lane == 0) { parts[row] = all; }`
);

/**
 * AdamW (see `adam.ts`): moves the weights, and sets the gradients to zero. These are sums over
 * all targets; results[1] holds the sum of their squares, from which the clipping follows.
 */
export const adam = each(
	{
		reads: ['results'],
		writes: ['weights', 'gradients', 'averages', 'squares'],
		sizes: [],
		factors: [
			'targets',
			'clip',
			'keep1',
			'take1',
			'keep2',
			'take2',
			'rate',
			'grow',
			'epsilon',
			'shrink'
		]
	},
	/* wgsl */ `
	let norm = sqrt(results[1]) / n.targets;
	var scale = 1 / n.targets;
	if (norm > n.clip) { scale *= n.clip / norm; }
	let gradient = gradients[i] * scale;
	let average = n.keep1 * averages[i] + n.take1 * gradient;
	let square = n.keep2 * squares[i] + n.take2 * gradient * gradient;
	averages[i] = average;
	squares[i] = square;
	weights[i] = weights[i] * n.shrink - n.rate * average / (sqrt(square) * n.grow + n.epsilon);
	gradients[i] = 0;`
);
