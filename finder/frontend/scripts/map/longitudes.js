// All of the United States in one piece: Guam and the farthest Aleutians lie west of the date line, so their longitudes
// are counted on to the west (Guam's 145 is -215), as no map that ends at the date line can show them beside Alaska.
export const onMap = (longitude) => (longitude > 0 ? longitude - 360 : longitude);

export const onEarth = (longitude) => (((longitude % 360) + 540) % 360) - 180;
