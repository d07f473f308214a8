/**
 * PyTorch's libraries into DJL's cache, with the user's consent: from DJL's own host or from a folder, whole or not at
 * all. The only room that uses the network.
 */
package sc.fiji.vasomim.setup;
