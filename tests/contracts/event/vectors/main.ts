import { writeFileSync } from "node:fs";

import { eventVectors, VECTOR_FILE, vectorText } from "./vectorFile";

// Run after the rules or a contract changed: node -r tsx/cjs tests/contracts/event/vectors/main.ts
const vectors = eventVectors();
writeFileSync(VECTOR_FILE, vectorText(vectors));
console.log(`${vectors.vectors.length} vectors are in ${VECTOR_FILE}.`);
