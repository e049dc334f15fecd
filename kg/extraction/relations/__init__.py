"""Read how actors stand to each other and to what they speak of: positions, offices, membership, whereabouts."""
