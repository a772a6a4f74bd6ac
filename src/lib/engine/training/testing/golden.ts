/** The SHA-256 of the weights after 40 steps of the small recipe, everywhere. */
export const GOLDEN = 'ea42f7305edd4ac752f639581a99fa89006262f0115a740f4eaa8a73ee2cfdbf';
