/** The cells of a table as the terminal shows it, row by row. */
export function tableRows(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line.includes("│"))
    .map((line) =>
      line
        .split("│")
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
}
