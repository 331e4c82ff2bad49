/** In the place of Node's streams, for Papa Parse in the bundle: nothing of it that needs them is used. */
export {};
