package sc.fiji.vasomim.quantify;
class Tune { static double ae = .1, al = 1, sm = .5, nf = 2, mg = 5, rough = 3, hb = 1.5, v = 1; }
