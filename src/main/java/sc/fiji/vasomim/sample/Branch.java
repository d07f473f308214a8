package sc.fiji.vasomim.sample;

/**
 * An artery from its origin to its end.
 *
 * @param parent index of the branch it leaves, -1 for the first
 * @param tube its healthy lumen; neighbouring points are {@link CoronaryTree#STEP} apart
 */
record Branch(String name, int parent, Tube tube) {}
