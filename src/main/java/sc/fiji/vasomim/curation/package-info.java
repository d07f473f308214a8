/** Published data sets, folders and cine runs to the XA-170K layout: which frames are worth learning from. */
package sc.fiji.vasomim.curation;
