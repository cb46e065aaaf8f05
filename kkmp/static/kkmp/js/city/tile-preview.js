// Where a tile would stand on the map, while its column and row are typed.
export const selector = "[data-tile-preview]";

export function bind(map) {
  const marked = map.querySelector(".kkmp-tile-marked");
  const cell = Number(map.dataset.cell);
  const follow = (name, side) => {
    const input = document.querySelector(`[name="${name}"]`);
    input?.addEventListener("input", () => {
      if (/^\d{1,3}$/.test(input.value)) marked.setAttribute(side, Number(input.value) * cell);
    });
  };
  follow("tile_column", "x");
  follow("tile_row", "y");
}
